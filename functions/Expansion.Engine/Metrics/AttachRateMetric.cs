using Expansion.Engine.Outcomes;

namespace Expansion.Engine.Metrics;

/// <summary>
/// Cross-sell units in completed orders / completed orders, kept units only. Can exceed 1; the share of orders with at least one such unit is
/// <see cref="OfOrders"/>. Imported history is in neither part: nobody knows what of it was cross-sold.
/// </summary>
public sealed class AttachRateMetric : IMetric
{
    public string Name => "attach_rate";

    public Benchmark? Benchmark { get; } = new(0.15m, 0.30m);

    public IReadOnlyList<OutcomeKind> Counts { get; } = [OutcomeKind.Order];

    public MetricValue Measure(PeriodSums sums) => Measure(sums, netOfReturns: true);

    public MetricValue Measure(PeriodSums sums, bool netOfReturns)
    {
        var units = netOfReturns ? sums.Orders.KeptCrossSell : sums.Orders.CrossSell;
        return MetricValue.Mean(units.Units, Credited(sums), units.SumOfSquares, Benchmark);
    }

    public MetricValue OfOrders(PeriodSums sums, bool netOfReturns = true) =>
        MetricValue.Share((netOfReturns ? sums.Orders.KeptCrossSell : sums.Orders.CrossSell).OrdersWith, Credited(sums), Benchmark);

    private static long Credited(PeriodSums sums) => sums.Orders.Orders - sums.Orders.Uncredited;
}
