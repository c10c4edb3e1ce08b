using Expansion.Engine.Experiments.Simulation;
using Expansion.Engine.Experiments.Statistics;
using Expansion.Engine.Samples;

namespace Expansion.Engine.Tests.Experiments.Simulation;

public sealed class SimulationTests
{
    [Theory]
    [InlineData(7, 0.1)]
    [InlineData(1000, 0.5)]
    [InlineData(14_000, 0.03)]
    [InlineData(50, 0.9)]
    public void Binomial_ManyDraws_HasItsMeanAndVariance(long n, double p)
    {
        var chance = new SplitMix64(11);
        var draws = MeanStatistic.Of(Enumerable.Range(0, 20_000).Select(_ => (double)BinomialSampler.Draw(chance, n, p)));
        var variance = n * p * (1 - p);

        Assert.InRange((draws.Mean!.Value - (n * p)) / Math.Sqrt(variance / draws.Count), -4, 4);
        Assert.InRange(draws.Variance!.Value / variance, 0.95, 1.05);
    }

    [Fact]
    public void Run_OneThreadOrTwo_IsTheSame()
    {
        var (shop, token) = (new SimulatedShop(0.1, 0.2), TestContext.Current.CancellationToken);

        Assert.Equal(ExperimentSimulation.Run(shop, 300, 5, 1, _ => { }, token), ExperimentSimulation.Run(shop, 300, 5, 2, _ => { }, token));
    }

    /// <summary>Four errors of 500 runs around what 10,000 give.</summary>
    [Fact]
    public void Run_PlannedTestAndOneThatIsPeekedAt_DifferAsPromised()
    {
        var results = ExperimentSimulation.Run(new(0.1, 0.2), 500, 5, 2, _ => { }, TestContext.Current.CancellationToken);
        var (planned, peeked) = (results.Single(result => result is { Method: "planned_seq_fut", Looks: "frequent" }), results.Single(result => result is { Method: "naive_z", Looks: "frequent" }));

        Assert.InRange(planned.FalsePositives.Value, 0.005, 0.08);
        Assert.InRange(planned.Power.Value, 0.72, 0.87);
        Assert.InRange(peeked.FalsePositives.Value, 0.42, 0.61);
    }

    [Fact]
    public void VisitorsPerArm_CappedRevenue_IsAsByThePlanner() => Assert.InRange(new SimulatedShop(0.03, 0.1, 1.0).VisitorsPerArm, 114_800, 114_930);

    [Fact]
    public void Returns_ThirtyPercentMore_AreRarelyLetThrough() => Assert.True(SafetySimulation.Returns(417, 0.3, 1000, 3).Passes.Value < 0.05);

    [Fact]
    public void Traffic_NoFault_HardlyEverAlarms() => Assert.True(SafetySimulation.Traffic(0.5, 300, 3).Alarms.Value <= 2.0 / 300);
}
