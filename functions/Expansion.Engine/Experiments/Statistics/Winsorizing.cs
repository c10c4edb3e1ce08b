namespace Expansion.Engine.Experiments.Statistics;

/// <summary>Values above the cap count as the cap, so that one whale doesn't decide a test.</summary>
public sealed record Winsorized(double? Cap, int CappedValues, MeanStatistic Control, MeanStatistic Treatment)
{
    /// <summary>The same cap for both arms: a quantile of all their values, zeros left out or not. No cap when nothing is left.</summary>
    /// <param name="percentile">0 to 1, e.g. 0.99.</param>
    public static Winsorized Of(IReadOnlyList<double> control, IReadOnlyList<double> treatment, double percentile, bool ignoreZeros = true)
    {
        var all = control.Concat(treatment).Where(value => !ignoreZeros || value != 0).Order().ToArray();
        double? cap = all.Length == 0 ? null : Quantile(all, percentile);
        return new(cap, control.Concat(treatment).Count(value => value > cap), Sums(control), Sums(treatment));

        MeanStatistic Sums(IReadOnlyList<double> values) => MeanStatistic.Of(values.Select(value => Math.Min(value, cap ?? value)));
    }

    /// <summary>Linear between the two nearest of the sorted values: type 7 of Hyndman and Fan (The American Statistician 50, 1996).</summary>
    internal static double Quantile(double[] sorted, double share)
    {
        var place = Math.Clamp(share, 0, 1) * (sorted.Length - 1);
        var below = (int)place;
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((place - below) * (sorted[above] - sorted[below]));
    }
}
