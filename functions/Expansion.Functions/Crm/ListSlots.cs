using Expansion.Engine.Crm;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Expansion.Functions.Crm;

public sealed class ListSlots(ISlotChangeStore changes)
{
    [Function(nameof(ListSlots))]
    [Asks("shop", "state")]
    [Answers<SlotChangeList>]
    public async Task<IResult> Run([HttpTrigger(AuthorizationLevel.Function, "get", Route = "crm/product-slots")] HttpRequest request, CancellationToken cancellationToken)
    {
        var query = new QueryReader(request.Query);
        var (shop, state) = (query.Shop(), query.Word<SlotChangeState>("state"));
        return query.Problem() ?? Results.Ok(new SlotChangeList(
            await changes.ListAsync(shop, cancellationToken).Where(change => state is null || change.State == state).OrderByDescending(change => change.ProposedAt).ToListAsync(cancellationToken)));
    }
}

internal sealed record SlotChangeList(IReadOnlyList<SlotChange> Changes);
