using Expansion.Engine.Affinity.Soundness;

namespace Expansion.Engine.Affinity.Season;

/// <summary>A pair's counts in one month of the window.</summary>
public readonly record struct MonthCounts(YearMonth Month, PairCounts Counts);
