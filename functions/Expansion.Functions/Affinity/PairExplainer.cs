using Expansion.Engine;
using Expansion.Engine.Affinity;
using Expansion.Engine.Affinity.Explain;
using Expansion.Engine.Affinity.Listing;

namespace Expansion.Functions.Affinity;

/// <summary>Explains one pair from the generation that <see cref="ShopPairs"/> is of.</summary>
public sealed class PairExplainer(IAffinityStore affinities, TimeProvider time)
{
    /// <returns>The explanation, or why there is none.</returns>
    public async Task<(PairExplanation? Explanation, string? Unknown)> ExplainAsync(ShopPairs shop, Sku one, Sku other, CancellationToken cancellationToken)
    {
        var (a, b) = PairDecision.InOrder(one, other);
        if (a == b)
        {
            return (null, "A pair is two products: a and b are the same.");
        }

        var rows = await affinities.FindAsync(shop.Shop.Id, shop.Generation.Id, [a, b], cancellationToken);
        var pair = shop.Find(a, b);
        var unknown = new[] { a, b }.Where(sku => pair is null && !rows.ContainsKey(sku)).ToList();
        return unknown.Count > 0
            ? (null, $"No order from {shop.Generation.From} to {shop.Generation.To} holds {string.Join(" or ", unknown)}: check the SKU, capitals too.")
            : (PairExplanation.Of(
                shop, pair ?? new(a, b, null, null, Actionable: false), rows.GetValueOrDefault(a), rows.GetValueOrDefault(b),
                shop.Shop.Settings.LocalTime(time.GetUtcNow()).Month), null);
    }
}
