using Expansion.Engine.Affinity;

namespace Expansion.Engine.Recommendations;

/// <summary>
/// Recommends what is bought with the products somebody looks at or has in the cart. A candidate is scored by the best single rule that leads to it,
/// the confidence P(candidate | product): adding up over a long cart would favour what goes with everything. Ties go to the candidate with more rules, then the higher lift.
/// Only sound pairs are shown, seasonal ones in their season; a person's approval, rejection or pin wins over both.
/// </summary>
public static class AffinityRecommender
{
    /// <summary>At most <paramref name="limit"/> products, none of them in the context, best first; bestsellers fill what affinity leaves empty.</summary>
    /// <param name="month">The month of the year it is for the shop, 1 to 12.</param>
    public static IReadOnlyList<Recommendation> Recommend(
        AffinityGeneration generation, IReadOnlyCollection<Sku> context, IReadOnlyDictionary<Sku, ProductAffinity> affinities, int month, int limit)
    {
        var picks = context.Distinct()
            .SelectMany(sku => affinities.TryGetValue(sku, out var product)
                ? product.Partners.Where(partner => partner.CanBeShown(month)).Select(partner => Evidence.Of(product, partner, generation.Baskets))
                : [])
            .Where(evidence => !context.Contains(evidence.Partner))
            .GroupBy(evidence => evidence.Partner)
            .Select(rules => rules.OrderByDescending(rule => rule.Pinned).ThenByDescending(rule => rule.Confidence).ThenByDescending(rule => rule.Lift).ToList())
            .OrderByDescending(rules => rules[0].Pinned)
            .ThenByDescending(rules => rules[0].Confidence)
            .ThenByDescending(rules => rules.Count)
            .ThenByDescending(rules => rules[0].Lift)
            .ThenBy(rules => rules[0].Partner)
            .Take(limit)
            .Select(rules => new Recommendation(rules[0].Partner, rules[0].PartnerTitle, RecommendationSource.Affinity, rules[0].Confidence, rules[0].InWords(), rules))
            .ToList();

        var shown = context.Concat(picks.Select(pick => pick.Sku)).ToHashSet();
        picks.AddRange(generation.Bestsellers
            .Where(bestseller => shown.Add(bestseller.Sku))
            .Take(limit - picks.Count)
            .Select(bestseller => Bestseller(bestseller, generation.Baskets)));
        return picks;
    }

    private static Recommendation Bestseller(Bestseller bestseller, long baskets)
    {
        var share = AffinityScore.Support(bestseller.Baskets, baskets);
        return new(bestseller.Sku, bestseller.Title, RecommendationSource.Bestseller, share, FormattableString.Invariant($"A bestseller, in {share:P1} of all orders, to fill the shelf: nothing more is known to go with these products."), []);
    }
}
