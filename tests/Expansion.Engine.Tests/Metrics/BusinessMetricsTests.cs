using CsCheck;
using Expansion.Engine.Metrics;
using Expansion.Engine.Metrics.Facts;

namespace Expansion.Engine.Tests.Metrics;

public sealed class BusinessMetricsTests
{
    [Fact]
    public void All_Names_AreDifferent() => Assert.Equal(7, BusinessMetrics.All.Select(metric => metric.Name).Distinct().Count());

    [Fact]
    public void Measure_NothingHappened_IsNoDataAndNotZero() => Assert.All(BusinessMetrics.All, metric =>
    {
        var value = metric.Measure(PeriodSums.None);
        Assert.Null(value.Value);
        Assert.Null(value.Benchmark);
        Assert.Null(value.Interval);
    });

    [Fact]
    public void MrrMovements_AnyCustomers_EndWhereTheyEnd() =>
        Gen.Select(Gen.Int[0, 300], Gen.Int[0, 300], Gen.Bool).Array.Sample(customers =>
        {
            var sums = customers.Aggregate(MrrMovements.None, (sum, customer) => sum + MrrMovements.Of(customer.Item1, customer.Item2, customer.Item3));

            Assert.Equal(customers.Sum(customer => (decimal)customer.Item2), sums.End);
            Assert.Equal(customers.Sum(customer => (decimal)customer.Item1), sums.Start);
        });

    [Fact]
    public void CustomerSet_Plus_IsAUnionInAnyOrder() =>
        Gen.Select(Gen.Int[0, 20].Array[0, 15], Gen.Int[0, 20].Array[0, 15]).Sample((left, right) =>
        {
            var (a, b) = (Set(left), Set(right));

            Assert.Equal(left.Union(right).Count(), (a + b).Count);
            Assert.Equal(a + b, b + a);
        });

    [Theory]
    [InlineData(0.14, BenchmarkBand.Below)]
    [InlineData(0.15, BenchmarkBand.Within)]
    [InlineData(0.30, BenchmarkBand.Within)]
    [InlineData(0.31, BenchmarkBand.Above)]
    public void Benchmark_Range_HoldsItsEnds(double value, BenchmarkBand expected) => Assert.Equal(expected, new Benchmark(0.15m, 0.30m).Of((decimal)value));

    [Fact]
    public void Alert_LeavesItsBand_IsTold()
    {
        var metric = new UpgradeRateMetric();
        var (before, now) = (metric.Measure(new() { Plans = new(100, 3) }), metric.Measure(new() { Plans = new(100, 1) }));

        Assert.Equal("upgrade_rate went from 3.0 % to 1.0 %, below 2 % to 5 %.", MetricAlert.Of(metric, before, now));
        Assert.Null(MetricAlert.Of(metric, before, before));
    }

    private static CustomerSet Set(IEnumerable<int> ids) => CustomerSet.Of(ids.Select(id => new CustomerId($"{id}")));
}
