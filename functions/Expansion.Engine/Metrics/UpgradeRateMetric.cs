using Expansion.Engine.Outcomes;

namespace Expansion.Engine.Metrics;

/// <summary>Customers on a higher plan at the end of the month than at its start / customers who could upgrade at the start.</summary>
public sealed class UpgradeRateMetric : IMetric
{
    public string Name => "upgrade_rate";

    public Benchmark? Benchmark { get; } = new(0.02m, 0.05m);

    public IReadOnlyList<OutcomeKind> Counts { get; } = [];

    public MetricValue Measure(PeriodSums sums) => MetricValue.Share(sums.Plans.Upgraded, sums.Plans.Eligible, Benchmark);
}
