using Expansion.Engine.Affinity.Soundness;

namespace Expansion.Engine.Affinity.Season;

/// <summary>
/// Does a pair belong together, or do both merely sell in the same months? Pooled lift is exactly the lift within months times what their common
/// months add (<see cref="SeasonVerdict.SeasonFactor"/>), so the question is whether anything is left within the months.
/// </summary>
public static class SeasonTest
{
    /// <summary>A common season that adds less than a tenth to lift is not what makes a pair.</summary>
    public const double LeastSeasonFactor = 1.1;

    /// <summary>Chance that a pair without any tie within months escapes the mark: 0 to 1.</summary>
    public const double Significance = 0.005;

    /// <summary>
    /// Lift within months that counts as a tie however surely it is above 1: above 1. A season of two weeks leaves a little lift within
    /// its month, which many baskets would make significant.
    /// </summary>
    public const double LeastLiftWithinMonths = 1.2;

    /// <summary>Part of the common season that the named months have to make up: 0 to 1.</summary>
    private const double NamedShare = 0.8;

    public static SeasonVerdict Judge(IReadOnlyList<MonthCounts> months)
    {
        var pooled = default(PairCounts);
        var within = default(MantelHaenszel);
        foreach (var month in months)
        {
            pooled += month.Counts;
            within += MantelHaenszel.Of(month.Counts);
        }

        var factor = pooled.Expected == 0 ? 1 : within.Expected / pooled.Expected;
        var tied = within.P.Value <= Significance && within.Lift >= LeastLiftWithinMonths;
        var seasonal = factor >= LeastSeasonFactor && !tied;
        return new(pooled.Lift, within, factor, seasonal, factor >= LeastSeasonFactor ? SharedMonths(months, pooled) : []);
    }

    /// <summary>
    /// The months of the year, strongest first until they make up most of the season, in which both sell above their own average. A month counts by
    /// what it adds to the expected common baskets: n(month) (share(a, month) − share(a)) (share(b, month) − share(b)).
    /// </summary>
    private static int[] SharedMonths(IReadOnlyList<MonthCounts> months, PairCounts pooled)
    {
        double shareOfA = (double)pooled.A / pooled.Baskets, shareOfB = (double)pooled.B / pooled.Baskets;
        var added = new double[13];
        foreach (var (month, counts) in months)
        {
            var (aboveA, aboveB) = (counts.A - (shareOfA * counts.Baskets), counts.B - (shareOfB * counts.Baskets));
            if (aboveA > 0 && aboveB > 0)
            {
                added[month.Month] += aboveA * aboveB / counts.Baskets;
            }
        }

        var (total, named) = (added.Sum(), 0.0);
        return [.. Enumerable.Range(1, 12)
            .Where(month => added[month] > 0)
            .OrderByDescending(month => added[month])
            .TakeWhile(month => named < NamedShare * total && (named += added[month]) > 0)
            .Order()];
    }
}
