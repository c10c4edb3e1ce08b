using Expansion.Engine;
using Expansion.Engine.Affinity;
using Expansion.Functions.Recommendations;

namespace Expansion.Functions.Affinity;

/// <summary>Puts a person's word on a pair into the generation that is read, so that it counts from the next request on.</summary>
public sealed class PairDecider(IPairDecisionStore decisions, IAffinityStore affinities, ServingCache serving)
{
    public async Task DecideAsync(ShopId shop, PairDecision decision, CancellationToken cancellationToken)
    {
        await decisions.SaveAsync(shop, decision, cancellationToken);
        await ApplyAsync(shop, decision.A, decision.B, decision.Verdict, cancellationToken);
        await serving.RefreshAsync(shop, cancellationToken);
    }

    public async Task WithdrawAsync(ShopId shop, Sku a, Sku b, CancellationToken cancellationToken)
    {
        await decisions.DeleteAsync(shop, a, b, cancellationToken);
        await ApplyAsync(shop, a, b, verdict: null, cancellationToken);
        await serving.RefreshAsync(shop, cancellationToken);
    }

    /// <param name="verdict">Null takes back what was decided.</param>
    public async Task ApplyAsync(ShopId shop, Sku a, Sku b, PairVerdict? verdict, CancellationToken cancellationToken)
    {
        if (await affinities.CurrentAsync(shop, cancellationToken) is not { } generation)
        {
            return;
        }

        var rows = await affinities.FindAsync(shop, generation.Id, [a, b], cancellationToken);
        await ChangeAsync(a, Partner(b));
        await ChangeAsync(b, Partner(a));

        Partner Partner(Sku sku) => rows.TryGetValue(sku, out var row) ? new(sku, row.Title, row.Baskets, 0) : new(sku, null, 0, 0);

        Task ChangeAsync(Sku sku, Partner partner) => affinities.ChangeAsync(
            shop, generation.Id, sku, row => (row ?? new ProductAffinity(sku, null, 0, [])).With(partner, verdict), cancellationToken);
    }
}
