using Expansion.Engine.Experiments.Guardrails;
using Expansion.Engine.Experiments.Sequential;
using Expansion.Engine.Experiments.Statistics;

namespace Expansion.Engine.Experiments.Verdicts;

/// <summary>What is fixed before the start.</summary>
/// <param name="Mde">Smallest lift worth having, which the test is planned for: 0.1 is 10 %.</param>
public sealed record DecisionSettings(double Mde)
{
    /// <summary>Two-sided, shared by all treatments. 0.05 is 95 % confidence; never above.</summary>
    public double Alpha { get; init; } = 0.05;

    public double Power { get; init; } = 0.8;

    /// <summary>Least conversions in either arm before anything is decided: a floor, not a sample size.</summary>
    public long MinConversions { get; init; } = 200;

    public int MinDays { get; init; } = 14;

    public double SrmThreshold { get; init; } = 0.001;

    /// <summary>Configured traffic of control and each treatment; equal when not given.</summary>
    public IReadOnlyList<double>? Weights { get; init; }

    /// <summary>Decisions fall only on days' ends, at most 128 of them, so that the boundary may be a little lower. False: decided whenever somebody looks.</summary>
    public bool DecidesDaily { get; init; }

    /// <summary>Capped revenue per visitor expected from history, when revenue decides and not conversion.</summary>
    public double? PlannedMean { get; init; }

    /// <summary>The error is divided by the number of treatments.</summary>
    internal PlannedSequentialTest TestOf(int treatments)
    {
        var anyLooks = PlannedBoundary.Of(Alpha / treatments, Power);
        var boundary = DecidesDaily ? anyLooks.OnTicks : anyLooks;
        return PlannedMean is { } mean
            ? PlannedSequentialTest.ForMean(boundary, Mde, mean, MinConversions)
            : PlannedSequentialTest.ForLift(boundary, Mde, MinConversions);
    }
}

/// <summary>What is known of one arm, cumulative since the start.</summary>
public sealed record ArmReading(ConversionStatistic Conversions)
{
    /// <summary>Capped revenue, where revenue decides.</summary>
    public MeanStatistic Revenue { get; init; }

    /// <summary>Against control; none for control itself.</summary>
    public IReadOnlyList<GuardrailReading> Guardrails { get; init; } = [];

    internal RevenueStatistic RevenueStatistic => new(Revenue, Conversions.Conversions);
}
