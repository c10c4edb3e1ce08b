using Expansion.Engine.Affinity.Season;
using Expansion.Engine.Recommendations;

namespace Expansion.Engine.Affinity.Listing;

/// <summary>Which pairs are wanted; what is null is not asked. A pair without numbers fits no question about numbers.</summary>
public sealed record PairFilter
{
    /// <summary>One of the two.</summary>
    public Sku? Product { get; init; }

    /// <summary>Least share of baskets with both: 0 to 1.</summary>
    public double? MinSupport { get; init; }

    public double? MinLift { get; init; }

    /// <summary>Least number of baskets with both.</summary>
    public long? MinCount { get; init; }

    /// <summary>Most luck: 0 to 1.</summary>
    public double? MaxQ { get; init; }

    public bool? Seasonal { get; init; }

    public TrendDirection? Trend { get; init; }

    /// <summary>Advised in one of the two directions.</summary>
    public Touchpoint? Touchpoint { get; init; }

    public PairVerdict? Verdict { get; init; }

    public bool? Decided { get; init; }

    public bool? Actionable { get; init; }

    public bool Matches(ListedPair pair) =>
        (Product is not { } product || pair.A == product || pair.B == product)
        && (MinSupport is not { } support || pair.Scored?.Pair.Support >= support)
        && (MinLift is not { } lift || pair.Scored?.Pair.Lift >= lift)
        && (MinCount is not { } count || pair.Scored?.Pair.Both >= count)
        && (MaxQ is not { } q || pair.Scored?.Q <= q)
        && (Seasonal is not { } seasonal || pair.Scored?.Seasonal == seasonal)
        && (Trend is not { } trend || pair.Scored?.Trend == trend)
        && (Touchpoint is not { } touchpoint || pair.Scored?.AdviceAb.Touchpoint == touchpoint || pair.Scored?.AdviceBa.Touchpoint == touchpoint)
        && (Verdict is not { } verdict || pair.Decision?.Verdict == verdict)
        && (Decided is not { } decided || pair.Decision is not null == decided)
        && (Actionable is not { } actionable || pair.Actionable == actionable);
}
