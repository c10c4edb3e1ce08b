namespace Expansion.Engine.Recommendations.Serving;

/// <summary>A way to rank picks that are all relevant. What it can't tell apart stays in the order given.</summary>
internal interface IPickOrder
{
    RankBy Name { get; }

    /// <summary>Higher comes first.</summary>
    /// <param name="place">Where the learned ranking has it, 0 for the first.</param>
    double Value(ShelfCandidate candidate, int place, Func<Sku, double> sold);
}

internal sealed class AffinityOrder : IPickOrder
{
    public RankBy Name => RankBy.Affinity;

    public double Value(ShelfCandidate candidate, int place, Func<Sku, double> sold) => -place;
}

internal sealed class MarginOrder : IPickOrder
{
    public RankBy Name => RankBy.Margin;

    public double Value(ShelfCandidate candidate, int place, Func<Sku, double> sold) =>
        candidate.Item is { Price: { } price, Cost: { } cost } && price.Currency == cost.Currency ? (double)(price.Amount - cost.Amount) : double.NegativeInfinity;
}

internal sealed class PopularityOrder : IPickOrder
{
    public RankBy Name => RankBy.Popularity;

    public double Value(ShelfCandidate candidate, int place, Func<Sku, double> sold) => sold(candidate.Sku);
}

internal static class PickOrders
{
    private static readonly Dictionary<RankBy, IPickOrder> All =
        new IPickOrder[] { new AffinityOrder(), new MarginOrder(), new PopularityOrder() }.ToDictionary(order => order.Name);

    /// <summary>
    /// Ranked as the request or else the shop wants it; then a boosted product's place, counted from 1, is divided by its factors; then what people pinned comes first.
    /// Where nothing changes their order they pass one by one, so that no more is looked at than is shown.
    /// </summary>
    public static IEnumerable<ShelfCandidate> Rank(IEnumerable<ShelfCandidate> candidates, ShelfContext context, Func<Sku, double> sold)
    {
        var (rankBy, boosts) = (context.Request.RankBy ?? context.Rules.RankBy, context.Rules.Boosts);
        if (rankBy == RankBy.Affinity && boosts.Count == 0)
        {
            return candidates;
        }

        var order = All[rankBy];
        return candidates.Select((candidate, place) => (candidate, value: order.Value(candidate, place, sold)))
            .OrderByDescending(scored => scored.value)
            .Select((scored, place) => (scored.candidate, place: (place + 1) / Factor(scored.candidate, boosts)))
            .OrderByDescending(boosted => context.IsPinned(boosted.candidate.Sku)).ThenBy(boosted => boosted.place)
            .Select(boosted => boosted.candidate);
    }

    private static double Factor(ShelfCandidate candidate, IReadOnlyList<Boost> boosts) =>
        boosts.Where(boost => boost.Match.Matches(candidate.Sku, candidate.Item)).Aggregate(1.0, (factor, boost) => factor * boost.Factor);
}
