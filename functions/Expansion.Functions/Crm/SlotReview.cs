using Expansion.Connectors.Odoo;
using Expansion.Engine;
using Expansion.Engine.Crm;

namespace Expansion.Functions.Crm;

/// <summary>Writes a proposal into the ERP once a person says so, and takes it back. What was added is kept, so that taking back leaves what others put there.</summary>
public sealed class SlotReview(ISlotChangeStore changes, OdooProductSlots slots)
{
    public Task<(SlotChange? Change, string? Refusal)> ApplyAsync(ShopId shop, string id, string reviewer, CancellationToken cancellationToken) => ChangeAsync(
        shop, id, SlotChangeState.Applied,
        async change =>
        {
            var answer = await slots.AddAsync(shop, change, cancellationToken);
            return answer.Refusal is null ? (change with { State = SlotChangeState.Applied, ReviewedBy = reviewer, Added = answer.Added }, null) : (null, answer.Refusal);
        },
        cancellationToken);

    public Task<(SlotChange? Change, string? Refusal)> RevertAsync(ShopId shop, string id, CancellationToken cancellationToken) => ChangeAsync(
        shop, id, SlotChangeState.Reverted,
        async change =>
        {
            if (change.State != SlotChangeState.Applied)
            {
                return (null, "It isn't applied, so there is nothing to take back.");
            }

            var answer = await slots.RemoveAsync(shop, change, cancellationToken);
            return answer.Refusal is null ? (change with { State = SlotChangeState.Reverted }, null) : (null, answer.Refusal);
        },
        cancellationToken);

    /// <returns>The change as it stands; or a refusal; or neither, when there is no such change.</returns>
    private async Task<(SlotChange? Change, string? Refusal)> ChangeAsync(
        ShopId shop, string id, SlotChangeState wanted, Func<SlotChange, Task<(SlotChange? Change, string? Refusal)>> step, CancellationToken cancellationToken)
    {
        if (await changes.FindAsync(shop, id, cancellationToken) is not { } stored)
        {
            return (null, null);
        }

        if (stored.Change.State == wanted)
        {
            return (stored.Change, null);
        }

        var (changed, refusal) = await step(stored.Change);
        return changed is null ? (null, refusal)
            : await changes.SaveAsync(shop, stored with { Change = changed }, cancellationToken) ? (changed, null)
            : (null, "Somebody else was at it: read it again and repeat.");
    }
}
