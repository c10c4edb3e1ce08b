using Expansion.Engine.Affinity.Soundness;

namespace Expansion.Engine.Affinity.Season;

/// <summary>Where a pair is going.</summary>
public enum TrendDirection
{
    Steady,
    Rising,
    Fading,
}

/// <summary>
/// Is the tie of a pair getting closer? It is when both measures say so: of the baskets with either product a growing share holds both, and lift within the month
/// grows. One alone misleads: a season or growing sales move the share when lift is what stays, and move lift when the share is what stays, but then never
/// both the same way.
/// </summary>
/// <param name="P">The larger of the two p-values, two-sided; 1 when there is nothing to compare.</param>
/// <param name="First">Share of both among either in the first month, fitted, 0 to 1.</param>
/// <param name="Last">Share of both among either in the last month, fitted, 0 to 1.</param>
public sealed record PairTrend(TrendDirection Direction, LogProbability P, double First, double Last)
{
    /// <summary>Chance that a steady pair is called rising or fading: 0 to 1.</summary>
    public const double Significance = 0.01;

    /// <summary>Least change of the share over the window, as a part of the larger end: 0 to 1. Less is no news, however sure.</summary>
    public const double LeastChange = 0.25;

    public static PairTrend Of(IReadOnlyList<MonthCounts> months)
    {
        LinearTrend share = default, lift = default;
        double first = 0, last = 0;
        foreach (var (month, counts) in months)
        {
            var time = month.MonthsSince(months[0].Month);
            (first, last) = (Math.Min(first, time), Math.Max(last, time));
            share += LinearTrend.Of(counts.Both, counts.A + counts.B - counts.Both, time);
            lift += LinearTrend.Of(counts.Both, counts.Expected, time);
        }

        var p = share.OfShares.CompareTo(lift.OfCounts) > 0 ? share.OfShares : lift.OfCounts;
        var (start, end) = (share.At(first), share.At(last));
        var moves = p.Value <= Significance
            && share.Slope > 0 == lift.Slope > 0
            && Math.Abs(end - start) >= LeastChange * Math.Max(start, end);
        return new(!moves ? TrendDirection.Steady : share.Slope > 0 ? TrendDirection.Rising : TrendDirection.Fading, p, start, end);
    }
}
