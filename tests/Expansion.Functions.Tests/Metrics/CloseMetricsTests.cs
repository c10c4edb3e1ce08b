using Expansion.Engine;
using Expansion.Engine.Metrics.Facts;
using Expansion.Engine.Offers.Pricing;
using Expansion.Engine.Offers.Pricing.Plans;
using Expansion.Engine.Outcomes;
using Expansion.Functions.Metrics;
using Expansion.Testing.Fakes;
using Microsoft.Extensions.Time.Testing;
using Moq;

namespace Expansion.Functions.Tests.Metrics;

public sealed class CloseMetricsTests
{
    private static readonly ShopId Shop = ShopId.From("app.example");

    private readonly MemoryMetricStore _metrics = new();
    private readonly Mock<IPlanHistoryStore> _plans = new();
    private readonly Mock<IPricingDocuments> _documents = new();

    /// <summary>Ann upgrades in February, Bob leaves, Cid is new, Dan left in January and is back.</summary>
    [Fact]
    public async Task CloseAsync_AMonthOfPlans_IsAWaterfallAndTellsWhatLeftItsBandOnce()
    {
        var ladder = new PlanLadder([new("basic", "Basic", new(29, "USD")), new("pro", "Pro", new(79, "USD")), new("max", "Max", new(149, "USD"))]);
        _documents.Setup(documents => documents.FindAsync<PlanLadder>(Shop, PlanLadder.Document, It.IsAny<CancellationToken>())).ReturnsAsync(new Versioned<PlanLadder>(ladder, "1"));
        _plans.Setup(plans => plans.ListAsync(Shop, It.IsAny<CancellationToken>())).Returns(() => new[]
        {
            History("ann", (1, 10, "basic", 29m), (2, 10, "pro", 79m)),
            History("bob", (1, 5, "basic", 29m), (2, 20, null, null)),
            History("cid", (2, 15, "basic", 29m)),
            History("dan", (-1, 1, "basic", 29m), (1, 2, null, null), (2, 3, "basic", 29m)),
        }.ToAsyncEnumerable());
        var rollUp = new MetricRollUp(
            new MemoryShopStore(), new MemoryOutcomeStore(), _plans.Object, _metrics, _documents.Object, new(_metrics), new FakeTimeProvider(new DateTimeOffset(2026, 3, 3, 4, 0, 0, TimeSpan.Zero)));

        var alerts = await rollUp.CloseAsync(Shop, TestContext.Current.CancellationToken);

        var february = (await _metrics.ReadMonthAsync(Shop, new(2026, 2), default)).Single(sums => sums.Slice == Slice.All);
        Assert.Equal(new MrrMovements(Start: 58, New: 29, Reactivation: 29, Expansion: 50, Contraction: 0, Churn: 29), february.Mrr);
        Assert.Equal(137, february.Mrr.End);
        Assert.Equal(new PlanSums(Eligible: 2, Upgraded: 1), february.Plans);
        Assert.Equal(29, (await _metrics.ReadMonthAsync(Shop, new(2026, 2), default)).Single(sums => sums.Slice == new Slice(SliceKind.Cohort, "2026-02")).Mrr.End);
        Assert.Equal(["net_revenue_retention", "upgrade_rate"], alerts.Select(alert => alert.Metric).Order());
        Assert.Equal(["net_revenue_retention went from 0.0 % to 136.2 %, above 110 %."], alerts.Where(alert => alert.Metric == "net_revenue_retention").Select(alert => alert.Words.Replace('\u00a0', ' ')));
        Assert.Empty(await rollUp.CloseAsync(Shop, TestContext.Current.CancellationToken));
    }

    private static PlanHistory History(string customer, params (int Month, int Day, string? Plan, decimal? Mrr)[] changes) => changes.Aggregate(
        new PlanHistory(new(customer)),
        (history, change) => history.With(new($"{change.Month}-{change.Day}", new(customer), new DateTimeOffset(2026, 1, change.Day, 0, 0, 0, TimeSpan.Zero).AddMonths(change.Month - 1), change.Plan, change.Mrr)));
}
