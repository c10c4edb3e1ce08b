using Expansion.Engine.Recommendations;

namespace Expansion.Engine.Affinity.FirstSteps;

/// <summary>What the suggestions of a place are worth: of each product the best one, since an interaction shows one.</summary>
/// <param name="Products">Products that have a suggestion there.</param>
/// <param name="MonthlyOrders">Orders with them in the window's average month; an order with two of them counts twice.</param>
/// <param name="AttachRate">Share of those orders that hold the suggestion: 0 to 1.</param>
/// <param name="MonthlyUnits">What the ties add: <see cref="CrossSell.MonthlyUnits"/>.</param>
/// <param name="MonthlyRevenue">In the shop's currency; null when no suggestion has a price in it.</param>
/// <param name="Unpriced">Products whose suggestion has none, and whose units bring no revenue here.</param>
public sealed record TouchpointReach(
    Touchpoint Touchpoint, int Products, double MonthlyOrders, Estimate AttachRate, Estimate MonthlyUnits, MoneyEstimate? MonthlyRevenue, int Unpriced)
{
    /// <summary>The places of the suggestions, most traffic first.</summary>
    public static IReadOnlyList<TouchpointReach> Of(IEnumerable<CrossSell> suggestions, string currency) =>
    [
        .. suggestions.GroupBy(suggestion => suggestion.Advice.Touchpoint)
            .Select(place => Sum(place.Key, [.. place.GroupBy(suggestion => suggestion.Product.Sku).Select(choices => Best(choices, currency))], currency))
            .OrderByDescending(reach => reach.MonthlyOrders).ThenBy(reach => reach.Touchpoint),
    ];

    private static CrossSell Best(IEnumerable<CrossSell> choices, string currency) => choices
        .OrderByDescending(choice => choice.Verdict == PairVerdict.Pinned)
        .ThenByDescending(choice => Revenue(choice, currency)?.Expected ?? 0)
        .ThenByDescending(choice => choice.MonthlyUnits.Expected)
        .ThenBy(choice => choice.Suggestion.Sku)
        .First();

    private static TouchpointReach Sum(Touchpoint touchpoint, IReadOnlyList<CrossSell> shown, string currency)
    {
        var orders = shown.Sum(suggestion => suggestion.MonthlyOrders);
        var attached = shown.Aggregate(default(Estimate), (sum, suggestion) => sum + (suggestion.AttachRate * suggestion.MonthlyOrders));
        var units = shown.Aggregate(default(Estimate), (sum, suggestion) => sum + suggestion.MonthlyUnits);
        var revenues = shown.Select(suggestion => Revenue(suggestion, currency)).OfType<MoneyEstimate>().ToList();
        return new(
            touchpoint, shown.Count, orders, orders == 0 ? default : attached * (1 / orders), units,
            revenues.Count == 0 ? null : revenues.Aggregate((sum, revenue) => sum + revenue), shown.Count - revenues.Count);
    }

    private static MoneyEstimate? Revenue(CrossSell suggestion, string currency) => suggestion.MonthlyRevenue is { } revenue && revenue.Currency == currency ? revenue : null;
}
