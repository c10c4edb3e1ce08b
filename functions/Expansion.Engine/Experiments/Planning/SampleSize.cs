using System.Text.Json.Serialization;
using Expansion.Engine.Experiments.Sequential;
using Expansion.Engine.Experiments.Statistics;

namespace Expansion.Engine.Experiments.Planning;

public enum PlanStatus
{
    Ok,

    /// <summary>No such rates or lifts exist.</summary>
    InvalidInput,

    /// <summary>No number of visitors would do.</summary>
    Unreachable,
}

/// <summary>Error, power and shape of a test to plan.</summary>
/// <param name="Ratio">Visitors of a treatment for one of control.</param>
/// <param name="Arms">Control included; the error is divided by the treatments.</param>
public sealed record PlanSettings(double Alpha = 0.05, double Power = 0.8, double Ratio = 1, int Arms = 2)
{
    internal bool IsValid => Alpha is > 0 and < 1 && Power is > 0 and < 1 && Ratio > 0 && Arms >= 2;

    internal double AlphaPerComparison => Alpha / (Arms - 1);

    internal double Z => Normal.Width(AlphaPerComparison);

    internal double ZPower => Normal.Quantile(Power);
}

/// <summary>How many come to the touchpoint, and which share of them takes part.</summary>
public sealed record PlannedTraffic(double DailyVisitors, double Allocation = 1, int MinDays = 14);

/// <summary>What a test needs before it starts. The sequential maximum is reached only when nothing decides earlier.</summary>
public sealed record SampleSizePlan(PlanStatus Status)
{
    public double? AlphaPerComparison { get; init; }

    public long? NControl { get; init; }

    public long? NTreatment { get; init; }

    public long? NTotalFixed { get; init; }

    public long? NTotalSequentialMax { get; init; }

    public double? ConversionsControl { get; init; }

    public double? ConversionsTreatment { get; init; }

    /// <summary>Whole weeks; null without a daily number of visitors.</summary>
    public long? DaysMax { get; init; }

    /// <summary>What the sequential test takes on average when the planned lift is true: 0.70 of the fixed test.</summary>
    [JsonIgnore]
    public double? ExpectedTotalIfTrue => 0.70 * NTotalFixed;

    /// <summary>The same when there is no effect: 0.68.</summary>
    [JsonIgnore]
    public double? ExpectedTotalIfNone => 0.68 * NTotalFixed;
}

public sealed record NonInferiorityPlan(PlanStatus Status, long? NPerArm);

public static class SampleSize
{
    /// <summary>
    /// [z(1 − α/2) √((1 + 1/r) p̄ q̄) + z(power) √(p1 q1 + p2 q2/r)]² / (p2 − p1)² in control, p̄ = (p1 + r p2)/(1 + r) (Fleiss, Levin, Paik 2003).
    /// </summary>
    /// <param name="lift">Smallest lift worth having; may be negative.</param>
    public static SampleSizePlan OfProportion(double baseline, double lift, PlanSettings settings, PlannedTraffic? traffic = null)
    {
        var planned = baseline * (1 + lift);
        if (!settings.IsValid || baseline is not (> 0 and < 1) || planned is not (> 0 and < 1) || lift == 0)
        {
            return new(PlanStatus.InvalidInput);
        }

        var n = Exact(baseline, planned, settings);
        return Plan(n, settings, traffic) with { ConversionsControl = n * baseline, ConversionsTreatment = n * settings.Ratio * planned };
    }

    /// <summary>(1 + 1/r) sd² (1 − R²) (z(1 − α/2) + z(power))² / (mean · lift)² in control.</summary>
    /// <param name="explained">R²: share of the variance the time before explains.</param>
    public static SampleSizePlan OfMean(double mean, double deviation, double lift, PlanSettings settings, double explained = 0, PlannedTraffic? traffic = null)
    {
        var effect = mean * lift;
        if (!settings.IsValid || effect == 0 || !double.IsFinite(effect) || deviation is not > 0 || explained is not (>= 0 and < 1))
        {
            return new(PlanStatus.InvalidInput);
        }

        var eta = (settings.Z + settings.ZPower) / effect;
        return Plan((1 + (1 / settings.Ratio)) * deviation * deviation * (1 - explained) * eta * eta, settings, traffic);
    }

    /// <summary>Orders an arm needs to prove that a rate isn't worse than the margin. On the logarithm of the ratio of rates; one-sided.</summary>
    /// <param name="trueChange">The true relative change, 0 for a harmless variation.</param>
    public static NonInferiorityPlan OfNonInferiority(
        double rate, double margin, double trueChange = 0, bool lowerIsBetter = true, double alpha = 0.05, double power = 0.8)
    {
        var changed = rate * (1 + trueChange);
        if (rate is not (> 0 and < 1) || changed is not (> 0 and < 1) || margin is not > 0 || (!lowerIsBetter && margin >= 1))
        {
            return new(PlanStatus.InvalidInput, null);
        }

        var room = lowerIsBetter ? Math.Log(1 + margin) - Math.Log(1 + trueChange) : Math.Log(1 + trueChange) - Math.Log(1 - margin);
        if (room <= 0)
        {
            return new(PlanStatus.Unreachable, null);
        }

        var eta = (Normal.Quantile(1 - alpha) + Normal.Quantile(power)) / room;
        return new(PlanStatus.Ok, Ceiling(eta * eta * (((1 - rate) / rate) + ((1 - changed) / changed))));
    }

    /// <summary>The smallest positive lift that so many visitors an arm detect; null when none does.</summary>
    public static double? DetectableLift(double baseline, double visitorsPerArm, PlanSettings settings)
    {
        var (low, high) = (0.0, (1 / baseline) - 1);
        if (!settings.IsValid || baseline is not (> 0 and < 1) || !(visitorsPerArm > Exact(baseline, baseline * (1 + (high * (1 - 1e-9))), settings)))
        {
            return null;
        }

        while (low + ((high - low) / 2) is var middle && middle > low && middle < high)
        {
            (low, high) = Exact(baseline, baseline * (1 + middle), settings) > visitorsPerArm ? (middle, high) : (low, middle);
        }

        return high;
    }

    private static double Exact(double p1, double p2, PlanSettings settings)
    {
        var r = settings.Ratio;
        var pooled = (p1 + (r * p2)) / (1 + r);
        var sum = (settings.Z * Math.Sqrt((1 + (1 / r)) * pooled * (1 - pooled))) + (settings.ZPower * Math.Sqrt((p1 * (1 - p1)) + (p2 * (1 - p2) / r)));
        return sum * sum / ((p2 - p1) * (p2 - p1));
    }

    private static SampleSizePlan Plan(double control, PlanSettings settings, PlannedTraffic? traffic)
    {
        var (nControl, nTreatment) = (Ceiling(control), Ceiling(settings.Ratio * control));
        var total = nControl + ((settings.Arms - 1) * nTreatment);
        var most = Ceiling(PlannedBoundary.Inflation * total);
        return new(PlanStatus.Ok)
        {
            AlphaPerComparison = settings.AlphaPerComparison,
            NControl = nControl,
            NTreatment = nTreatment,
            NTotalFixed = total,
            NTotalSequentialMax = most,
            DaysMax = traffic is { DailyVisitors: > 0, Allocation: > 0 } ? Days(most, traffic) : null,
        };
    }

    private static long Days(long visitors, PlannedTraffic traffic) =>
        (Math.Max(traffic.MinDays, Ceiling(visitors / (traffic.DailyVisitors * traffic.Allocation))) + 6) / 7 * 7;

    private static long Ceiling(double value) => value < long.MaxValue ? (long)Math.Ceiling(value) : long.MaxValue;
}
