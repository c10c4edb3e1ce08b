using Expansion.Engine.Affinity.Delay;
using Expansion.Engine.Affinity.Season;
using Expansion.Engine.Orders;

namespace Expansion.Engine.Affinity.Pairs;

/// <summary>One pair with all that is known of it. <see cref="Pair.A"/> is before B in ordinal order.</summary>
/// <param name="Expected">Common baskets to expect if the two had nothing to do with each other.</param>
/// <param name="P">Chance to see as many common baskets, or more, by luck.</param>
/// <param name="Q">Share of luck to expect among all pairs at least as sound.</param>
/// <param name="LiftLow">Lower end of the 95 % interval of lift.</param>
/// <param name="LiftHigh">Upper end.</param>
/// <param name="ShrunkenLift">The lift to rank by: few sightings count for little.</param>
/// <param name="WithinLift">Lift within months.</param>
/// <param name="Seasonal">The pair lives only on common months.</param>
/// <param name="SeasonMonths">Months of the year in which both sell above average, 1 to 12.</param>
/// <param name="BothByMonth">Common baskets by calendar month, from the window's first to its last; 0 where no order was.</param>
/// <param name="PriceRatio">Price of B over price of A; null when one is unknown or in another currency.</param>
public sealed record ScoredPair(
    Pair Pair,
    double Expected,
    double P,
    double Q,
    double LiftLow,
    double LiftHigh,
    double ShrunkenLift,
    double WithinLift,
    bool Seasonal,
    IReadOnlyList<int> SeasonMonths,
    TrendDirection Trend,
    IReadOnlyList<int> BothByMonth,
    PairDelay Delay,
    double? PriceRatio)
{
    /// <summary>Most luck among pairs called sound.</summary>
    public const double MostQ = 0.05;

    /// <summary>What is known of A when the pair was scored: its title, last price and kind.</summary>
    public Product ProductA { get; init; } = new(Pair.A, null, null);

    public Product ProductB { get; init; } = new(Pair.B, null, null);

    /// <summary>Where to suggest B to who has A, and why there.</summary>
    public TouchpointAdvice AdviceAb => TouchpointRules.Advise(PairFacts.Of(ProductB.Kind, Delay, PriceRatio));

    /// <summary>Where to suggest A to who has B, and why there.</summary>
    public TouchpointAdvice AdviceBa => TouchpointRules.Advise(PairFacts.Of(ProductA.Kind, Delay.Reversed(), 1 / PriceRatio));

    public bool Sound => Q <= MostQ;

    public PairStanding Standing(PairVerdict? verdict) => new(Pair.Support, Pair.Lift, Sound, Seasonal, verdict);
}
