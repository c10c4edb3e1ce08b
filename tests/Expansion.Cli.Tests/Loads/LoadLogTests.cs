using Expansion.Cli.Loads;

namespace Expansion.Cli.Tests.Loads;

public sealed class LoadLogTests
{
    private static readonly LoadPhase Rush = new("rush", 2, TimeSpan.Zero, TimeSpan.FromSeconds(10));

    [Theory]
    [InlineData(0.5, 20)]
    [InlineData(0.51, 30)]
    [InlineData(0.95, 40)]
    [InlineData(0, 10)]
    public void Quantile_OfFourValues_IsTheNearestRank(double share, double expected) => Assert.Equal(expected, LoadLog.Quantile([10, 20, 30, 40], share));

    [Fact]
    public void Lines_OfAPhase_CountEachKindOfItsOwn()
    {
        var log = new LoadLog();
        log.Add(new("rush", LoadKind.Webhook, TimeSpan.FromSeconds(1), 5, Taken: true));
        log.Add(new("rush", LoadKind.Recommendation, TimeSpan.FromSeconds(2), 7, Taken: false));
        log.Add(new("rush", LoadKind.Recommendation, TimeSpan.FromSeconds(11), 9, Taken: true));
        log.Add(new("after", LoadKind.Recommendation, TimeSpan.FromSeconds(12), 1, Taken: true));

        Assert.Equal([new("rush", LoadKind.Webhook, 0.1, 5, 5, 5, 0), new("rush", LoadKind.Recommendation, 0.2, 7, 9, 9, 1)], log.Lines([Rush]));
        Assert.Equal([0.4, 0, 0.4], log.Course());
    }
}
