using Expansion.Engine.Affinity.Pairs;

namespace Expansion.Engine.Affinity.Listing;

/// <summary>A pair's numbers by name, for every form in which they leave: JSON and CSV. The names are those of the file of pairs, and a contract.</summary>
public static class PairFields
{
    /// <summary>What any form begins with, and `expansion pairs` writes: it needs the counts only.</summary>
    public const string Measured = "a,b,count_ab,count_a,count_b,n,support,confidence_ab,confidence_ba,lift,expected,p,q,lift_low,lift_high,shrunken_lift";

    private static readonly IReadOnlyList<(string Name, Func<ListedPair, object?> Value)> All =
    [
        ("a", pair => pair.A.Value),
        ("b", pair => pair.B.Value),
        Scored("count_ab", pair => pair.Pair.Both),
        Scored("count_a", pair => pair.Pair.CountA),
        Scored("count_b", pair => pair.Pair.CountB),
        Scored("n", pair => pair.Pair.Baskets),
        Scored("support", pair => pair.Pair.Support),
        Scored("confidence_ab", pair => pair.Pair.ConfidenceAb),
        Scored("confidence_ba", pair => pair.Pair.ConfidenceBa),
        Scored("lift", pair => pair.Pair.Lift),
        Scored("expected", pair => pair.Expected),
        Scored("p", pair => pair.P),
        Scored("q", pair => pair.Q),
        Scored("lift_low", pair => pair.LiftLow),
        Scored("lift_high", pair => pair.LiftHigh),
        Scored("shrunken_lift", pair => pair.ShrunkenLift),
        Scored("within_lift", pair => pair.WithinLift),
        Scored("seasonal", pair => pair.Seasonal),
        Scored("season_months", pair => pair.SeasonMonths),
        Scored("trend", pair => ExpansionJson.Word(pair.Trend)),
        Scored("both_by_month", pair => pair.BothByMonth),
        Scored("customers_same_order", pair => pair.Delay.SameOrder),
        Scored("customers_a_first", pair => pair.Delay.AFirst),
        Scored("customers_b_first", pair => pair.Delay.BFirst),
        Scored("days_a_first", pair => pair.Delay.DaysAFirst),
        Scored("days_b_first", pair => pair.Delay.DaysBFirst),
        Scored("days", pair => pair.Delay.Days),
        Scored("price_ratio", pair => pair.PriceRatio),
        Scored("touchpoint_ab", pair => ExpansionJson.Word(pair.AdviceAb.Touchpoint)),
        Scored("touchpoint_ba", pair => ExpansionJson.Word(pair.AdviceBa.Touchpoint)),
        Scored("title_a", pair => pair.ProductA.Title),
        Scored("title_b", pair => pair.ProductB.Title),
        Scored("price_a", pair => pair.ProductA.Price?.Amount),
        Scored("currency_a", pair => pair.ProductA.Price?.Currency),
        Scored("price_b", pair => pair.ProductB.Price?.Amount),
        Scored("currency_b", pair => pair.ProductB.Price?.Currency),
        Scored("kind_a", pair => ExpansionJson.Word(pair.ProductA.Kind)),
        Scored("kind_b", pair => ExpansionJson.Word(pair.ProductB.Kind)),
        ("verdict", pair => pair.Decision is { } decision ? ExpansionJson.Word(decision.Verdict) : null),
        ("actionable", pair => pair.Actionable),
    ];

    public static IEnumerable<string> Names => All.Select(column => column.Name);

    /// <summary>Every value, in the order of <see cref="Names"/>; null where there is none.</summary>
    public static IEnumerable<object?> Values(ListedPair pair) => All.Select(column => column.Value(pair));

    /// <summary>The values there are, by name.</summary>
    public static IReadOnlyDictionary<string, object> Of(ListedPair pair) => All
        .Select(column => (column.Name, Value: column.Value(pair)))
        .Where(column => column.Value is not null)
        .ToDictionary(column => column.Name, column => column.Value!);

    private static (string, Func<ListedPair, object?>) Scored(string name, Func<ScoredPair, object?> value) =>
        (name, pair => pair.Scored is { } scored ? value(scored) : null);
}
