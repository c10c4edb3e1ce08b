using Expansion.Engine.Outcomes;

namespace Expansion.Engine.Metrics;

/// <summary>(Sales − refunds) / distinct active customers, who count without revenue too. A census of all customers, so without an interval.</summary>
public sealed class RevenuePerCustomerMetric : IMetric
{
    public string Name => "revenue_per_customer";

    public Benchmark? Benchmark => null;

    public IReadOnlyList<OutcomeKind> Counts { get; } = [OutcomeKind.Revenue, OutcomeKind.Refund];

    public MetricValue Measure(PeriodSums sums) => MetricValue.Ratio(sums.Revenue.Total, sums.Revenue.Customers.Count);
}
