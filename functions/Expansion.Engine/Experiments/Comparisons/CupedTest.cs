using Expansion.Engine.Experiments.Statistics;

namespace Expansion.Engine.Experiments.Comparisons;

/// <summary>Two means, each cleared of what the time before already explains.</summary>
public sealed record CupedComparison(ComparisonStatus Status)
{
    public double? Theta { get; init; }

    public double? Effect { get; init; }

    public double? Se { get; init; }

    public double? Z { get; init; }

    public double? PValue { get; init; }

    public Interval? Ci { get; init; }

    /// <summary>Share of the variance that is gone, about the squared correlation with the time before.</summary>
    public double? VarianceReduction { get; init; }

    public double? AdjMeanControl { get; init; }

    public double? AdjMeanTreatment { get; init; }
}

public static class CupedTest
{
    /// <summary>
    /// Y after, X before first exposure (0 for visitors without history), Y − θX with θ = cov(Y, X)/var(X) of both arms together
    /// (Deng, Xu, Kohavi, Walker, WSDM 2013). Without variance before, θ is 0 and the result the plain one.
    /// </summary>
    public static CupedComparison Compare(BivariateStatistic control, BivariateStatistic treatment, Difference difference = Difference.Relative, double alpha = 0.05)
    {
        if (control.Count < 2 || treatment.Count < 2)
        {
            return new(control.Count < 1 || treatment.Count < 1 ? ComparisonStatus.NoData : ComparisonStatus.Degenerate);
        }

        var both = control + treatment;
        var explains = both.VarianceX > 0;
        var theta = explains ? both.Covariance / both.VarianceX : 0;
        if (EffectOf(control, treatment, difference, theta) is not { } effect || EffectOf(control, treatment, difference, 0) is not { } plain)
        {
            return new(ComparisonStatus.Degenerate) { Theta = theta };
        }

        return new(explains ? ComparisonStatus.Ok : ComparisonStatus.NoCovariateVariance)
        {
            Theta = theta,
            Effect = effect.Value,
            Se = effect.Se,
            Z = effect.Z,
            PValue = Normal.Outside(effect.Z),
            Ci = effect.Within(Normal.Width(alpha)),
            VarianceReduction = 1 - (effect.Se * effect.Se / (plain.Se * plain.Se)),
            AdjMeanControl = AdjustedMean(control, theta),
            AdjMeanTreatment = AdjustedMean(treatment, theta),
        };
    }

    /// <summary>The relative effect is a share of the unadjusted mean of control, which is what people know.</summary>
    private static Effect? EffectOf(BivariateStatistic control, BivariateStatistic treatment, Difference difference, double theta)
    {
        var change = AdjustedMean(treatment, theta) - AdjustedMean(control, theta);
        var varianceB = Variance(treatment, 1, theta) / treatment.Count;
        if (difference == Difference.Absolute)
        {
            return Effect.Of(change, (Variance(control, 1, theta) / control.Count) + varianceB);
        }

        var mean = control.MeanY;
        return mean == 0
            ? null
            : Effect.Of(change / Math.Abs(mean), (varianceB + (Variance(control, treatment.MeanY / mean, theta) / control.Count)) / (mean * mean));
    }

    private static double AdjustedMean(BivariateStatistic arm, double theta) => arm.MeanY - (theta * arm.MeanX);

    /// <summary>Var(kY − θX).</summary>
    private static double Variance(BivariateStatistic arm, double k, double theta) =>
        (k * k * arm.VarianceY) - (2 * k * theta * arm.Covariance) + (theta * theta * arm.VarianceX);
}
