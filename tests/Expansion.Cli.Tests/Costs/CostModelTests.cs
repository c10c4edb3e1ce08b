using Expansion.Cli.Costs;

namespace Expansion.Cli.Tests.Costs;

public sealed class CostModelTests
{
    private static readonly Prices Prices = new(MillionRuns: 0.4m, GbSecond: 0.00003m, ReadyGbSecond: 0.000004m, TenThousandTableOperations: 0.0004m, TenThousandQueueOperations: 0.004m, LoggedGb: 3m);

    /// <summary>By hand: 4 runs an order are 4 million; 2 GB × 4 million × 0.1 s / 4 = 200,000 GB s; 30 + 3 table and 9 queue operations an order; 2 KB a run are 8 GB.</summary>
    [Fact]
    public void Of_AMillionOrders_IsTheSumWorkedOutByHand()
    {
        var cost = CostModel.Of(new(Orders: 1_000_000, 0, 0), new(), Prices);

        Assert.Equal(
            [("executions", 1.6m), ("on demand", 6m), ("always ready", 0m), ("table operations", 1.32m), ("queue operations", 3.6m), ("telemetry", 24m)],
            cost.Select(part => (part.Name, Math.Round(part.Cost, 6))));
    }

    [Fact]
    public void Of_AnInstanceThatIsAlwaysReady_IsPaidForTheWholeMonth()
    {
        var cost = CostModel.Of(new(0, 0, 0), new() { AlwaysReady = 1 }, Prices);

        Assert.Equal(2 * 2_592_000 * 0.000004m, cost.Sum(part => part.Cost));
    }
}
