using Expansion.Engine.Outcomes;

namespace Expansion.Engine.Metrics;

/// <summary>
/// Expansion revenue / all revenue of the period, both net of refunds. No value when all revenue is 0 or less. A census, so without an interval.
/// Imported history is in neither part: nobody knows what led to it.
/// </summary>
public sealed class ExpansionRevenueShareMetric : IMetric
{
    public string Name => "expansion_revenue_share";

    public Benchmark? Benchmark { get; } = new(0.20m, 0.35m);

    public IReadOnlyList<OutcomeKind> Counts { get; } = [OutcomeKind.Revenue, OutcomeKind.Refund];

    public MetricValue Measure(PeriodSums sums) => MetricValue.Ratio(sums.Revenue.Expansion, sums.Revenue.Total - sums.Revenue.Uncredited, Benchmark);
}
