using Expansion.Connectors.Email;
using Expansion.Connectors.Webhooks;
using Expansion.Engine;
using Expansion.Engine.Metrics.Facts;
using Expansion.Engine.Metrics.Recurring;
using Expansion.Engine.Offers.Pricing;
using Expansion.Engine.Offers.Pricing.Plans;
using Expansion.Engine.Outbox;
using Expansion.Engine.Outcomes;
using Expansion.Functions.Metrics;
using Expansion.Functions.Outbox;
using Expansion.Testing.Fakes;
using Microsoft.Extensions.Options;
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
    public async Task RunAsync_AMonthOfPlans_IsAWaterfallAndTellsWhatLeftItsBandOnce()
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
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 3, 3, 4, 0, 0, TimeSpan.Zero));
        var billing = new Mock<IRecurringRevenueStore>();
        billing.Setup(store => store.ReadAsync(Shop, It.IsAny<CancellationToken>())).Returns(() => AsyncEnumerable.Empty<SubscriptionRevenue>());
        var email = Mock.Of<IOptionsMonitor<EmailOptions>>(options => options.CurrentValue == new EmailOptions());
        var outbox = new OutboxSender(Mock.Of<IOutboxStore>(), Mock.Of<IMessageQueue>(), [], time);
        var alarm = new MetricAlarm(_metrics, new(Mock.Of<IOptionsMonitor<WebhookOptions>>(options => options.CurrentValue == new WebhookOptions()), outbox, time), email, outbox);
        var close = new MonthClose(new MemoryShopStore(), new(billing.Object, _plans.Object, _documents.Object), _metrics, new(_metrics), alarm, time);

        var alerts = await close.RunAsync(Shop, TestContext.Current.CancellationToken);

        var february = (await _metrics.ReadMonthAsync(Shop, new(2026, 2), default)).Single(sums => sums.Slice == Slice.All);
        Assert.Equal(new MrrMovements(Start: 58, New: 29, Reactivation: 29, Expansion: 50, Contraction: 0, Churn: 29), february.Mrr);
        Assert.Equal(137, february.Mrr.End);
        Assert.Equal(new PlanSums(Eligible: 2, Upgraded: 1), february.Plans);
        Assert.Equal(29, (await _metrics.ReadMonthAsync(Shop, new(2026, 2), default)).Single(sums => sums.Slice == new Slice(SliceKind.Cohort, "2026-02")).Mrr.End);
        Assert.Equal(29, (await _metrics.ReadMonthAsync(Shop, new(2025, 12), default)).Single(sums => sums.Slice == Slice.All).Mrr.End);
        Assert.Equal(["net_revenue_retention", "upgrade_rate"], alerts.Select(alert => alert.Metric).Order());
        Assert.Equal(["net_revenue_retention went from 0.0 % to 136.2 %, above 110 %."], alerts.Where(alert => alert.Metric == "net_revenue_retention").Select(alert => alert.Words.Replace('\u00a0', ' ')));
        Assert.Empty(await close.RunAsync(Shop, TestContext.Current.CancellationToken));
    }

    private static PlanHistory History(string customer, params (int Month, int Day, string? Plan, decimal? Mrr)[] changes) => changes.Aggregate(
        new PlanHistory(new(customer)),
        (history, change) => history.With(new($"{change.Month}-{change.Day}", new(customer), new DateTimeOffset(2026, 1, change.Day, 0, 0, 0, TimeSpan.Zero).AddMonths(change.Month - 1), change.Plan, change.Mrr)));
}
