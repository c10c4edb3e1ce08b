using Expansion.Engine.Experiments.Statistics;
using MathNet.Numerics.Distributions;

namespace Expansion.Engine.Experiments.Comparisons;

/// <summary>Two means at one planned look.</summary>
public sealed record MeanComparison(ComparisonStatus Status, double? MeanControl, double? MeanTreatment)
{
    public double? Effect { get; init; }

    public double? Se { get; init; }

    public double? Df { get; init; }

    public double? T { get; init; }

    public double? PValue { get; init; }

    public Interval? Ci { get; init; }
}

public static class WelchTest
{
    /// <summary>
    /// Welch's t test; the degrees of freedom are Welch's and Satterthwaite's on the absolute scale. One visitor or no variance in an arm, or numbers beyond what can be squared: no test.
    /// </summary>
    public static MeanComparison Compare(MeanStatistic control, MeanStatistic treatment, Difference difference = Difference.Relative, double alpha = 0.05)
    {
        if (alpha is not (> 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(alpha), alpha, "The error must be above 0 and below 1, e.g. 0.05.");
        }

        if (control.Count < 1 || treatment.Count < 1)
        {
            return new(ComparisonStatus.NoData, control.Mean, treatment.Mean);
        }

        if (control.Estimate is not { } a || treatment.Estimate is not { } b || Effect.Of(difference, a, b) is not { } effect)
        {
            return new(ComparisonStatus.Degenerate, control.Mean, treatment.Mean);
        }

        var total = a.Variance + b.Variance;
        var df = total * total / ((a.Variance * a.Variance / (control.Count - 1)) + (b.Variance * b.Variance / (treatment.Count - 1)));
        if (!double.IsFinite(df))
        {
            return new(ComparisonStatus.Degenerate, a.Value, b.Value);
        }

        return new(ComparisonStatus.Ok, a.Value, b.Value)
        {
            Effect = effect.Value,
            Se = effect.Se,
            Df = df,
            T = effect.Z,
            PValue = Math.Min(1, 2 * StudentT.CDF(0, 1, df, -Math.Abs(effect.Z))),
            Ci = effect.Within(StudentT.InvCDF(0, 1, df, 1 - (alpha / 2))),
        };
    }
}
