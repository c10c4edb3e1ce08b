using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Expansion.Engine;
using Expansion.Engine.Metrics.Facts;
using Expansion.Engine.Metrics.Recurring;
using Expansion.Engine.Offers.Pricing;
using Expansion.Engine.Offers.Pricing.Plans;
using Expansion.Engine.Orders;
using Expansion.Engine.Shops;
using Expansion.Functions.Metrics;
using Expansion.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Expansion.Functions.Tests.Metrics;

/// <summary>What a shop sold and rented out before any webhook, over HTTP: counted once, told apart by currency, and open down to the customer.</summary>
[Trait("Category", "Azurite")]
public sealed class HistoryMetricsTests(AzuriteFixture azurite)
{
    private const string File = """
        order_id,customer_id,ordered_at,sku,quantity,unit_price,currency
        1,ann,2026-03-02T10:00:00Z,mug,2,10,EUR
        1,ann,2026-03-02T10:00:00Z,beans,1,8,EUR
        2,bob,2026-03-04T10:00:00Z,mug,1,10,EUR
        3,cid,2026-03-04T11:00:00Z,mug,3,12,USD
        4,ann,2026-03-11T10:00:00Z,mug,-1,10,EUR
        """;

    private static readonly ShopId Shop = ShopId.From("coffee.example");
    private static readonly CancellationToken Stop = TestContext.Current.CancellationToken;

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 4, 3, 12, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task Import_ThenAWebhookOfTheSameOrder_IsCountedOnce()
    {
        await using var host = await TestHost.StartAsync(azurite.NewAccount(), new() { Time = _time });
        await host.Client.PutAsJsonAsync($"/api/shops/{Shop}/settings", new { currency = "EUR" }, Stop);

        await ImportAsync(host);
        await Eventually.TrueAsync(async () => Revenue(await MonthAsync(host)) == 28 + 10 - 10, "an import is rolled up by itself");

        // 28 + 10 − 10 of three customers with revenue in euros and one in dollars; 3 + 1 + 3 units in three orders.
        var march = await MonthAsync(host);
        Assert.Equal((28m, 3m), Parts(march, "revenue_per_customer"));
        Assert.Equal((7m, 3m), Parts(march, "average_items_per_order"));
        Assert.Null(march["metrics"]!["attach_rate"]!["value"]);
        Assert.Null(march["metrics"]!["expansion_revenue_share"]!["value"]);
        Assert.Equal((1, 36m), ((int)march["other_currencies"]!["USD"]!["outcomes"]!, (decimal)march["other_currencies"]!["USD"]!["amount"]!));
        var answer = await MetricsAsync(host, "by=week&slice=source:history");
        Assert.Equal(["1 outcome in USD, 36.00 in all, not counted: the shop's currency is EUR."], answer["not_counted"]!.AsArray().Select(words => (string?)words));
        Assert.Equal([28m + 10m, -10m], answer["periods"]!.AsArray().Select(Revenue).Where(revenue => revenue != 0));

        // The same again changes nothing; the same order by webhook, one mug of it gone, replaces what the file told of it.
        await ImportAsync(host);
        Assert.Equal(0, await RollUpAsync(host));
        var told = new Order(new("1"), new("ann"), new(2026, 3, 2, 10, 0, 0, TimeSpan.Zero), new(2026, 4, 1, 0, 0, 0, TimeSpan.Zero), [new(new("mug"), 2, 1, new(10, "EUR")) { Id = "l1" }]);
        await host.Services.GetRequiredService<IMessageQueue>().SendAsync(OrderReceived.Queue, new OrderReceived(Shop) { Order = told }, Stop);
        await Eventually.TrueAsync(
            async () =>
            {
                await RollUpAsync(host);
                return Revenue(await MonthAsync(host)) == 10 + 10 - 10;
            },
            "the webhook's order counts instead of the file's");

        // Down to the orders: those of the file and the one of the webhook.
        var behind = await host.Client.GetFromJsonAsync<JsonNode>($"/api/shops/{Shop}/metrics/revenue_per_customer/outcomes?from=2026-03-01&to=2026-03-31", Stop);
        Assert.Equal(["1", "2", "3", "4"], behind!["outcomes"]!.AsArray().Select(outcome => (string?)outcome!["order_id"]).Distinct().Order());
    }

    /// <summary>Who was told in an older file than the last one is of an older cohort from then on.</summary>
    [Fact]
    public async Task Import_OfOlderOrders_MovesTheirCustomersToTheOlderCohort()
    {
        await using var host = await TestHost.StartAsync(azurite.NewAccount(), new() { Time = _time });
        await host.Client.PutAsJsonAsync($"/api/shops/{Shop}/settings", new { currency = "EUR" }, Stop);
        await ImportAsync(host);
        await RollUpAsync(host);
        Assert.Equal(((28m + 10 - 10, 3m), (0m, 0m)), (await CohortAsync("2026-03"), await CohortAsync("2025-11")));

        await ImportAsync(host, "order_id,customer_id,ordered_at,sku,quantity,unit_price,currency\n0,ann,2025-11-05T10:00:00Z,mug,1,10,EUR");
        await Eventually.TrueAsync(async () => await CohortAsync("2025-11") == (18, 1), "ann's orders of March are of the cohort of November");

        Assert.Equal((10, 2), await CohortAsync("2026-03"));
        var behind = await host.Client.GetFromJsonAsync<JsonNode>($"/api/shops/{Shop}/metrics/average_items_per_order/outcomes?from=2025-11-01&to=2026-03-31&slice=cohort:2025-11", Stop);
        Assert.Equal(["0", "1"], behind!["outcomes"]!.AsArray().Select(outcome => (string?)outcome!["order_id"]).Order());
        Assert.Equal(0, await RollUpAsync(host));

        async Task<(decimal, decimal)> CohortAsync(string cohort)
        {
            await RollUpAsync(host);
            return Parts((await MetricsAsync(host, $"by=month&slice=cohort:{cohort}"))["periods"]![0]!, "revenue_per_customer");
        }
    }

    /// <summary>The file's day was wrong: counted on both days until the next fold, and once from then on.</summary>
    [Fact]
    public async Task Webhook_OfAnotherDayThanTheFile_IsCountedOnceAfterTheFold()
    {
        await using var host = await TestHost.StartAsync(azurite.NewAccount(), new() { Time = _time });
        await host.Client.PutAsJsonAsync($"/api/shops/{Shop}/settings", new { currency = "EUR" }, Stop);
        await ImportAsync(host, "order_id,customer_id,ordered_at,sku,quantity,unit_price,currency\n1,ann,2026-03-02T10:00:00Z,mug,2,10,EUR");
        var at = new DateTimeOffset(2026, 3, 5, 10, 0, 0, TimeSpan.Zero);
        var told = new Order(new("1"), new("ann"), at, at.AddHours(1), [new(new("mug"), 2, 2, new(10, "EUR")) { Id = "l1" }]);
        await host.Services.GetRequiredService<IMessageQueue>().SendAsync(OrderReceived.Queue, new OrderReceived(Shop) { Order = told }, Stop);
        await Eventually.TrueAsync(async () => await RevenueAsync() == 40, "the two days know nothing of each other");

        await host.Services.GetRequiredService<Expansion.Functions.Affinity.ShopRecompute>().RunAsync(Shop, null, Stop);

        Assert.Equal(20, await RevenueAsync());

        async Task<decimal> RevenueAsync()
        {
            await RollUpAsync(host);
            return Revenue(await MonthAsync(host));
        }
    }

    [Fact]
    public async Task Plans_ByEitherDoor_AreOneBookThatOpensDownToTheCustomer()
    {
        await using var host = await TestHost.StartAsync(azurite.NewAccount(), new() { Time = _time, Functions = [typeof(GetMrr), typeof(GetMetricOutcomes), typeof(Expansion.Functions.Billing.GetRecurringRevenue)] });
        await SubscribeAsync(host);

        var movements = (await host.Client.GetFromJsonAsync<JsonNode>($"/api/shops/{Shop}/metrics/mrr?from=2026-03-01&to=2026-03-31", Stop))!["months"]![0]!;
        var billed = await host.Client.GetFromJsonAsync<JsonNode>($"/api/billing/recurring-revenue?shop={Shop}&month=2026-03", Stop);
        var rows = await BehindAsync("mrr");
        var (retained, upgrades) = (await BehindAsync("net_revenue_retention"), await BehindAsync("upgrade_rate"));

        // ann is told by billing and as a plan and counts once: 29 → 79. bob, a plan alone, leaves 29; dan is new at 29; eve pays in yen.
        Assert.Equal(new MrrMovements(58, 29, 0, 50, 0, 29), System.Text.Json.JsonSerializer.Deserialize<MrrMovements>(movements["movements"], ExpansionJson.Options));
        Assert.True(JsonNode.DeepEquals(movements["movements"], billed!["movements"]), "both doors open the same book");
        Assert.Equal((1, 1), ((int)movements["other_currencies"]!["JPY"]!, (int)billed["other_currencies"]!["JPY"]!));
        Assert.Equal([("ann", "expansion", 50m), ("bob", "churn", -29m), ("dan", "new", 29m)], rows.Select(row => (Text(row, "customer"), Text(row, "kind"), (decimal)row!["amount"]!)).Order());
        Assert.Equal(["ann", "bob"], retained.Select(row => Text(row, "customer")).Order());
        Assert.Equal([("ann", "upgrade"), ("bob", "unchanged"), ("eve", "unchanged")], upgrades.Select(row => (Text(row, "customer"), Text(row, "kind"))).Order());
        Assert.Equal(["pro"], rows.Single(row => Text(row, "customer") == "ann")!["events"]!.AsArray().Select(told => (string?)told!["plan"]).Where(plan => plan is not null));

        async Task<JsonArray> BehindAsync(string metric) =>
            (await host.Client.GetFromJsonAsync<JsonNode>($"/api/shops/{Shop}/metrics/{metric}/outcomes?from=2026-03-01&to=2026-03-31", Stop))!["outcomes"]!.AsArray();

        static string Text(JsonNode? row, string name) => (string)row![name]!;
    }

    private static async Task SubscribeAsync(TestHost host)
    {
        await host.Services.GetRequiredService<IShopStore>().EnsureAsync(Shop, Stop);
        await host.Services.GetRequiredService<IPricingDocuments>().SaveAsync(
            Shop, PlanLadder.Document, new PlanLadder([new("basic", "Basic", new(29, "USD")), new("pro", "Pro", new(79, "USD"))]), null, Stop);
        await host.Services.GetRequiredService<IPlanHistoryStore>().SaveAsync(
            Shop,
            [
                new("1", new("ann"), On(1, 10), "basic", 29),
                new("2", new("ann"), On(3, 5), "pro", 79),
                new("3", new("bob"), On(2, 10), "basic", 29),
                new("4", new("bob"), On(3, 20), null),
                new("5", new("dan"), On(3, 7), "basic", 29),
                new("6", new("eve"), On(2, 7), "basic", 4000, Currency: "JPY"),
            ],
            Stop);
        var billing = host.Services.GetRequiredService<IRecurringRevenueStore>();
        await billing.AddAsync(Shop, "sub_1", new("ann"), new(On(1, 10), new(29, "USD")), Stop);
        await billing.AddAsync(Shop, "sub_1", new("ann"), new(On(3, 5), new(79, "USD")), Stop);
        await host.Services.GetRequiredService<MonthClose>().RunAsync(Shop, Stop);

        static DateTimeOffset On(int month, int day) => new(2026, month, day, 0, 0, 0, TimeSpan.Zero);
    }

    private static async Task ImportAsync(TestHost host, string file = File)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(file));
        content.Headers.ContentType = new("text/csv");
        using var accepted = await host.Client.PostAsync($"/api/orders/import?shop={Shop}&format=plain", content, Stop);
        accepted.EnsureSuccessStatusCode();
        await Eventually.TrueAsync(async () => (string?)(await host.Client.GetFromJsonAsync<JsonNode>(accepted.Headers.Location, Stop))!["state"] == "done", "the import is done");
    }

    private static Task<int> RollUpAsync(TestHost host) => host.Services.GetRequiredService<MetricRollUp>().RollUpDaysAsync(Shop, Stop);

    private static async Task<JsonNode> MonthAsync(TestHost host) => (await MetricsAsync(host, "by=month"))["periods"]![0]!;

    private static async Task<JsonNode> MetricsAsync(TestHost host, string query) =>
        (await host.Client.GetFromJsonAsync<JsonNode>($"/api/shops/{Shop}/metrics?from=2026-03-01&to=2026-03-31&{query}", Stop))!;

    private static decimal Revenue(JsonNode? period) => Parts(period!, "revenue_per_customer").Numerator;

    private static (decimal Numerator, decimal Denominator) Parts(JsonNode period, string metric) =>
        ((decimal)period["metrics"]![metric]!["numerator"]!, (decimal)period["metrics"]![metric]!["denominator"]!);
}
