using Expansion.Engine.Experiments.Statistics;

namespace Expansion.Engine.Experiments.Comparisons;

/// <summary>Two conversion rates at one planned look. The difference and the lift have intervals of their own; Wald's is for comparison only.</summary>
public sealed record TwoProportionResult(ComparisonStatus Status, double? RateControl, double? RateTreatment)
{
    public double? AbsDiff { get; init; }

    /// <summary>Null when nobody converted in control.</summary>
    public double? RelLift { get; init; }

    /// <summary>Null when nobody or everybody converted.</summary>
    public double? Z { get; init; }

    public double? PValue { get; init; }

    public Interval? AbsCiNewcombe { get; init; }

    public Interval? AbsCiWald { get; init; }

    /// <summary>Null when an arm has no conversion.</summary>
    public Interval? LiftCiLog { get; init; }
}

public static class TwoProportionTest
{
    /// <summary>z = (pB − pA) / √(p(1 − p)(1/nA + 1/nB)), p the rate of both arms together.</summary>
    public static TwoProportionResult Compare(ConversionStatistic control, ConversionStatistic treatment, double alpha = 0.05)
    {
        if (!control.HasVisitors || !treatment.HasVisitors)
        {
            return new(ComparisonStatus.NoData, control.Rate, treatment.Rate);
        }

        var (a, b) = (control.Estimate, treatment.Estimate);
        var (z, width) = (PooledZ(control, treatment), Normal.Width(alpha));
        return new(z is null ? ComparisonStatus.Degenerate : ComparisonStatus.Ok, a.Value, b.Value)
        {
            AbsDiff = b.Value - a.Value,
            RelLift = Lift(control, treatment),
            Z = z,
            PValue = z is { } value ? Normal.Outside(value) : 1,
            AbsCiNewcombe = Newcombe(control, treatment, width),
            AbsCiWald = Effect.Absolute(a, b)?.Within(width),
            LiftCiLog = LiftInterval(control, treatment, width),
        };
    }

    /// <summary>treatment/control − 1; null without conversions in control.</summary>
    public static double? Lift(ConversionStatistic control, ConversionStatistic treatment) =>
        control.Conversions > 0 && treatment.HasVisitors ? (treatment.Rate!.Value / control.Rate!.Value) - 1 : null;

    /// <summary>Null when nobody or everybody converted, or an arm is empty.</summary>
    internal static double? PooledZ(ConversionStatistic control, ConversionStatistic treatment)
    {
        var all = control + treatment;
        if (!control.HasVisitors || !treatment.HasVisitors || all.Conversions == 0 || all.Conversions == all.Visitors)
        {
            return null;
        }

        var p = all.Rate!.Value;
        return (treatment.Rate!.Value - control.Rate!.Value) / Math.Sqrt(p * (1 - p) * ((1.0 / control.Visitors) + (1.0 / treatment.Visitors)));
    }

    /// <summary>ln(pB/pA) with variance (1 − pA)/xA + (1 − pB)/xB (Katz and others, Biometrics 34, 1978). Null when an arm has no conversion.</summary>
    internal static Estimate? LogRatio(ConversionStatistic control, ConversionStatistic treatment)
    {
        if (control.Conversions == 0 || treatment.Conversions == 0 || !control.HasVisitors || !treatment.HasVisitors)
        {
            return null;
        }

        var (a, b) = (control.Rate!.Value, treatment.Rate!.Value);
        return new(Math.Log(b / a), ((1 - a) / control.Conversions) + ((1 - b) / treatment.Conversions));
    }

    internal static Interval? LiftInterval(ConversionStatistic control, ConversionStatistic treatment, double width)
    {
        if (LogRatio(control, treatment) is not { } ratio)
        {
            return null;
        }

        var half = width * Math.Sqrt(ratio.Variance);
        return new Interval(ratio.Value - half, ratio.Value + half).Map(Math.Exp).Map(value => value - 1);
    }

    /// <summary>From Wilson's limits of each rate: stays within −1 and 1, and says something at 0 of n (Newcombe, Statistics in Medicine 17, 1998, method 10).</summary>
    private static Interval Newcombe(ConversionStatistic control, ConversionStatistic treatment, double width)
    {
        var (a, b) = (control.Rate!.Value, treatment.Rate!.Value);
        var (wilsonA, wilsonB) = (Wilson(control), Wilson(treatment));
        var difference = b - a;
        return new(
            difference - Length(b - wilsonB.Low!.Value, wilsonA.High!.Value - a),
            difference + Length(wilsonB.High!.Value - b, a - wilsonA.Low!.Value));

        Interval Wilson(ConversionStatistic arm) => Proportion.Wilson(arm.Conversions, arm.Visitors, width)!.Value;

        static double Length(double x, double y) => Math.Sqrt((x * x) + (y * y));
    }
}
