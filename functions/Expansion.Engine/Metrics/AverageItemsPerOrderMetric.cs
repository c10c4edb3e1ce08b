using Expansion.Engine.Outcomes;

namespace Expansion.Engine.Metrics;

/// <summary>Units of all lines but gifts in completed orders / completed orders, as ordered or as kept.</summary>
public sealed class AverageItemsPerOrderMetric : IMetric
{
    public string Name => "average_items_per_order";

    public Benchmark? Benchmark => null;

    public IReadOnlyList<OutcomeKind> Counts { get; } = [OutcomeKind.Order];

    public MetricValue Measure(PeriodSums sums) => Measure(sums, netOfReturns: false);

    public MetricValue Measure(PeriodSums sums, bool netOfReturns)
    {
        var units = netOfReturns ? sums.Orders.KeptUnits : sums.Orders.Units;
        return MetricValue.Mean(units.Units, sums.Orders.Orders, units.SumOfSquares, Benchmark);
    }
}
