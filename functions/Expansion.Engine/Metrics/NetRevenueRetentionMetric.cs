using Expansion.Engine.Outcomes;

namespace Expansion.Engine.Metrics;

/// <summary>(Start + expansion − contraction − churn) / start over customers who paid at the start of the month. New and returned customers never enter.</summary>
public sealed class NetRevenueRetentionMetric : IMetric
{
    public string Name => "net_revenue_retention";

    public Benchmark? Benchmark { get; } = new(1.10m, null);

    public IReadOnlyList<OutcomeKind> Counts { get; } = [];

    public MetricValue Measure(PeriodSums sums)
    {
        var mrr = sums.Mrr;
        return MetricValue.Ratio(mrr.Start + mrr.Expansion - mrr.Contraction - mrr.Churn, mrr.Start, Benchmark);
    }

    /// <summary>The same without expansion: how much would be left if nobody ever bought more.</summary>
    public static MetricValue Gross(PeriodSums sums) => MetricValue.Ratio(sums.Mrr.Start - sums.Mrr.Contraction - sums.Mrr.Churn, sums.Mrr.Start);
}
