using Expansion.Engine.Experiments.Comparisons;
using Expansion.Engine.Experiments.Statistics;

namespace Expansion.Engine.Experiments.Sequential;

/// <summary>The scale on which two rates are compared.</summary>
public enum RateScale
{
    /// <summary>The logarithm of the ratio: preferred, because the error of a lift is skewed at small counts and early false positives would mostly be false losers.</summary>
    LogRateRatio,
    RelativeDelta,
    Absolute,
}

/// <summary>An interval that is valid at every look, without a planned end. Null where an effect or its error doesn't exist.</summary>
public sealed record ConfidenceSequenceResult(double Rho)
{
    public double? Effect { get; init; }

    public double? Se { get; init; }

    /// <summary>Half the width in standard errors: what 1.96 is for a single look.</summary>
    public double? Multiplier { get; init; }

    public double? Halfwidth { get; init; }

    public Interval? Ci { get; init; }

    /// <summary>ln of the evidence against no effect.</summary>
    public double? LogE { get; init; }

    public double PValue { get; init; } = 1;

    /// <summary>The interval as a lift; only on the scale of the log ratio.</summary>
    public Interval? LiftCi { get; init; }
}

/// <summary>
/// The normal-mixture confidence sequence (Robbins 1970; Waudby-Smith, Arbour, Sinha, Kennedy, Ramdas, Annals of Statistics 2024). Asymptotic: keep the least
/// number of conversions.
/// </summary>
public static class ConfidenceSequence
{
    /// <param name="tunedFor">Visitors of both arms at which the interval is tightest: 0.6 of all that are expected.</param>
    public static ConfidenceSequenceResult At(ConversionStatistic control, ConversionStatistic treatment, RateScale scale, double tunedFor, double alpha = 0.05)
    {
        var result = Of(EffectOf(control, treatment, scale), control.Visitors + treatment.Visitors, tunedFor, alpha);
        return result with { LiftCi = scale == RateScale.LogRateRatio ? result.Ci?.Map(value => Math.Exp(value) - 1) : null };
    }

    /// <summary>The same for the relative change of a mean.</summary>
    public static ConfidenceSequenceResult At(MeanStatistic control, MeanStatistic treatment, double tunedFor, double alpha = 0.05) => Of(
        control.Estimate is { } a && treatment.Estimate is { } b ? Effect.Relative(a, b) : null, control.Count + treatment.Count, tunedFor, alpha);

    private static ConfidenceSequenceResult Of(Effect? known, long units, double tunedFor, double alpha)
    {
        if (tunedFor is not > 0 || alpha is not (> 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(tunedFor), tunedFor, "The sequence must be tuned for some visitors, and alpha be above 0 and below 1.");
        }

        var rho = Math.Sqrt(((-2 * Math.Log(alpha)) + Math.Log(1 - (2 * Math.Log(alpha)))) / tunedFor);
        if (known is not { } effect)
        {
            return new(rho);
        }

        var k = units * rho * rho;
        var multiplier = Math.Sqrt((k + 1) / k * Math.Log((k + 1) / (alpha * alpha)));
        var logE = (-0.5 * Math.Log(k + 1)) + (effect.Z * effect.Z * k / (2 * (k + 1)));
        var interval = effect.Within(multiplier);
        return new(rho)
        {
            Effect = effect.Value,
            Se = effect.Se,
            Multiplier = multiplier,
            Halfwidth = multiplier * effect.Se,
            Ci = interval,
            LogE = logE,
            PValue = Math.Min(1, Math.Exp(-logE)),
        };
    }

    private static Effect? EffectOf(ConversionStatistic control, ConversionStatistic treatment, RateScale scale)
    {
        if (!control.HasVisitors || !treatment.HasVisitors)
        {
            return null;
        }

        return scale switch
        {
            RateScale.LogRateRatio => TwoProportionTest.LogRatio(control, treatment) is { } ratio ? Effect.Of(ratio.Value, ratio.Variance) : null,
            RateScale.RelativeDelta => Effect.Relative(control.Estimate, treatment.Estimate),
            _ => Effect.Absolute(control.Estimate, treatment.Estimate),
        };
    }
}
