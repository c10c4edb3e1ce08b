using Expansion.Engine;
using Expansion.Engine.Affinity;
using Expansion.Engine.Operations;
using Expansion.Engine.Shops;
using Expansion.Functions.Operations;
using Microsoft.Extensions.Time.Testing;
using Moq;

namespace Expansion.Functions.Tests.Operations;

public sealed class HealthTests
{
    private static readonly ShopId Shop = ShopId.From("coffee.example");
    private static readonly DateTimeOffset Now = new(2026, 11, 25, 12, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider _time = new(Now);
    private readonly Mock<IPoisonQueues> _poison = new();
    private readonly Mock<IAffinityStore> _affinities = new();
    private readonly Mock<IShopStore> _shops = new();

    public HealthTests()
    {
        _shops.Setup(shops => shops.ListAsync(It.IsAny<CancellationToken>())).Returns(() => new[] { new Shop(Shop, new(), "1") }.ToAsyncEnumerable());
        _poison.Setup(poison => poison.ListAsync(It.IsAny<CancellationToken>())).ReturnsAsync([new("order-received", 0)]);
    }

    [Theory]
    [InlineData(36, HealthState.Ready)]
    [InlineData(37, HealthState.Stale)]
    public async Task Examine_AffinityOfSoManyHours_IsStaleAfterADayAndAHalf(int hours, HealthState expected)
    {
        Learned(hours);

        var report = await Health().ExamineAsync(default);

        Assert.Equal((expected, TimeSpan.FromHours(hours)), (report.State, report.OldestAffinity));
    }

    [Fact]
    public async Task Examine_ShopThatNeverLearned_IsReady()
    {
        var report = await Health().ExamineAsync(default);

        Assert.Equal((HealthState.Ready, null), (report.State, report.OldestAffinity));
        Assert.Contains(report.Findings, finding => finding.Says.Contains("run `recompute --shop coffee.example`", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Examine_PoisonMessages_AreStaleAndSayHowToReplay()
    {
        Learned(1);
        _poison.Setup(poison => poison.ListAsync(It.IsAny<CancellationToken>())).ReturnsAsync([new("order-received", 3)]);

        var report = await Health().ExamineAsync(default);

        Assert.Equal(HealthState.Stale, report.State);
        Assert.Contains("`poison replay order-received`", Assert.Single(report.Findings, finding => finding.Check == "poison").Says, StringComparison.Ordinal);
        Assert.Equal("stale", report.Checks["poison"]);
        Assert.Equal("ready", report.Checks["affinity"]);
    }

    [Fact]
    public async Task Examine_StorageIsAway_IsBrokenAndSaysWhichSetting()
    {
        _shops.Setup(shops => shops.ListAsync(It.IsAny<CancellationToken>())).Throws(new Azure.RequestFailedException("No such host is known.\nMore."));

        var report = await Health().ExamineAsync(default);

        Assert.Equal((HealthState.Broken, "Storage does not answer: No such host is known. Check the setting AzureWebJobsStorage."), (report.State, Assert.Single(report.Findings).Says));
    }

    [Fact]
    public async Task Recent_AskedAgainWithinTheAge_LooksOnce()
    {
        var health = Health();

        await health.RecentAsync(TimeSpan.FromSeconds(15), default);
        _time.Advance(TimeSpan.FromSeconds(15));
        await health.RecentAsync(TimeSpan.FromSeconds(15), default);
        _shops.Verify(shops => shops.ListAsync(It.IsAny<CancellationToken>()), Times.Once);

        _time.Advance(TimeSpan.FromSeconds(1));
        await health.RecentAsync(TimeSpan.FromSeconds(15), default);
        _shops.Verify(shops => shops.ListAsync(It.IsAny<CancellationToken>()), Times.Exactly(2));
    }

    private AppHealth Health() => new(_shops.Object, _affinities.Object, _poison.Object, _time);

    private void Learned(int hoursAgo)
    {
        var generation = new AffinityGeneration("g", Now.AddHours(-hoursAgo), new(2025, 1), new(2026, 11), 1, 1, 1);
        _affinities.Setup(affinities => affinities.CurrentAsync(Shop, It.IsAny<CancellationToken>())).ReturnsAsync(generation);
    }
}
