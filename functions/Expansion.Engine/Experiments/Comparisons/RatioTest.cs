using Expansion.Engine.Experiments.Statistics;

namespace Expansion.Engine.Experiments.Comparisons;

/// <summary>Two ratios of sums, e.g. items per order or average order value.</summary>
public sealed record RatioComparison(ComparisonStatus Status, double? RatioControl, double? RatioTreatment)
{
    public double? Effect { get; init; }

    public double? Se { get; init; }

    public double? Z { get; init; }

    public double? PValue { get; init; }

    public Interval? Ci { get; init; }
}

public static class RatioTest
{
    /// <summary>
    /// Y over X, e.g. items over orders. A visitor's orders aren't independent of each other, so the error comes from per-visitor sums by the delta method:
    /// v = (s²Y − 2R cov + R² s²X) / meanX² (Deng, Knoblich, Lu, KDD 2018).
    /// </summary>
    public static RatioComparison Compare(BivariateStatistic control, BivariateStatistic treatment, Difference difference = Difference.Relative, double alpha = 0.05)
    {
        var (ratioA, ratioB) = (Ratio(control), Ratio(treatment));
        if (control.Count < 1 || treatment.Count < 1 || ratioA is null || ratioB is null)
        {
            return new(control.Count < 1 || treatment.Count < 1 ? ComparisonStatus.NoData : ComparisonStatus.ZeroDenominator, ratioA, ratioB);
        }

        if (control.Count < 2 || treatment.Count < 2 || Effect.Of(difference, Estimate(control), Estimate(treatment)) is not { } effect)
        {
            return new(ComparisonStatus.Degenerate, ratioA, ratioB) { Effect = Plain(difference, ratioA.Value, ratioB.Value) };
        }

        return new(ComparisonStatus.Ok, ratioA, ratioB)
        {
            Effect = effect.Value,
            Se = effect.Se,
            Z = effect.Z,
            PValue = Normal.Outside(effect.Z),
            Ci = effect.Within(Normal.Width(alpha)),
        };
    }

    /// <summary>Null when there is nothing to divide by.</summary>
    public static double? Ratio(BivariateStatistic arm) => arm.SumX == 0 ? null : arm.SumY / arm.SumX;

    private static Estimate Estimate(BivariateStatistic arm)
    {
        var ratio = arm.SumY / arm.SumX;
        var variance = (arm.VarianceY - (2 * ratio * arm.Covariance) + (ratio * ratio * arm.VarianceX)) / (arm.MeanX * arm.MeanX);
        return new(ratio, RoundedToNothing(variance, arm.VarianceY / (arm.MeanX * arm.MeanX)) / arm.Count);
    }

    /// <summary>Three terms that cancel leave a rest of rounding: no variance at all would otherwise be a tiny one, and every difference significant.</summary>
    private static double RoundedToNothing(double variance, double scale) => variance <= 1e-12 * scale ? 0 : variance;

    private static double? Plain(Difference difference, double a, double b) => difference switch
    {
        Difference.Absolute => b - a,
        _ => a == 0 ? null : (b - a) / Math.Abs(a),
    };
}
