using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Expansion.Engine;
using Expansion.Engine.Experiments;
using Expansion.Engine.Offers;
using Expansion.Engine.Orders;
using Expansion.Engine.Outcomes;
using Expansion.Engine.Timing;
using Expansion.Functions.Experiments;
using Expansion.Functions.Metrics;
using Expansion.Functions.Outcomes;
using Expansion.LocalHost;
using Expansion.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Expansion.Functions.Tests.Experiments;

/// <summary>From the offer that an arm changes to the order it is credited with, the metrics, and the experiment's figures: one host, real storage and queues.</summary>
[Trait("Category", "Azurite")]
public sealed class OfferToVerdictTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private const int Customers = 40;

    private static readonly string[] InCart = ["beans"];

    private static readonly ShopId Shop = ShopId.From("coffee.example");

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 10, 12, 0, 0, TimeSpan.Zero));
    private TestHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await TestHost.StartAsync(
        azurite.NewAccount(),
        new()
        {
            Time = _time,
            Services = services => services.AddSingleton<IOfferCandidates, OnlyMugs>(),
            // Read when a test says so, and not by the hours that pass while it is still telling what happened.
            Functions = FunctionCatalog.AppTypes.Except([typeof(ReadExperiments)]),
        });

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Experiment_OfOffersAtTheCart_ChangesThemAndIsReadFromWhatWasBought()
    {
        await PutAsync("settings", new { currency = "EUR" });
        await PostAsync("product-terms", new[] { new { sku = "mug", cost = new { amount = 8, currency = "EUR" }, stock = 5 } });
        await PutAsync("experiments/copy", new
        {
            by = "ann",
            definition = new
            {
                key = "copy",
                seed = "1",
                touchpoint = "cart_page",
                element = "copy",
                holdout = 0.25,
                variations = new object[] { new { name = "control", weight = 1, settings = new { } }, new { name = "friendly", weight = 1, settings = new { headline = "Goes well with it" } } },
            },
        });
        await PostAsync("experiments/copy/start", new { by = "ann", reason = "to know" });

        // Some are held out; the others get the mug, half of them with the other headline, and the ledger knows the arm.
        var offers = new List<(int Customer, string Id, JsonNode? Offer, JsonNode? Arm, string Reason)>();
        for (var customer = 0; customer < Customers; customer++)
        {
            var answer = await NextAsync(customer);
            offers.Add((customer, Text(answer["id"]), answer["offer"], answer["arm"], Text(answer["reason"])));
        }

        var (shown, held) = (offers.Where(offer => offer.Offer is not null).ToList(), offers.Where(offer => offer.Offer is null).ToList());
        Assert.All(held, offer => Assert.Contains("holdout of the experiment copy", offer.Reason, StringComparison.Ordinal));
        Assert.InRange(held.Count, 3, 20);
        var friendly = shown.Where(offer => (string?)offer.Arm!["settings"]!["headline"] == "Goes well with it").Select(offer => offer.Customer).ToList();
        Assert.InRange(friendly.Count, 5, shown.Count - 5);
        var explained = await _host.Client.GetFromJsonAsync<JsonNode>($"/api/offers/{shown[0].Id}/explain?shop={Shop}", TestContext.Current.CancellationToken);
        Assert.Equal(friendly.Contains(shown[0].Customer) ? "friendly" : "control", Text(explained!["decision"]!["sources"]!["arm"]!["variation"]));

        // Nobody is exposed before it is really shown; and then once, however often it is told.
        Assert.Empty(await ExposuresAsync("copy"));
        var impressions = shown.SelectMany(offer => new[] { Event("offer_impression", offer.Customer, offer.Id, 1), Event("offer_impression", offer.Customer, offer.Id, 2), Event("offer_click", offer.Customer, offer.Id, 3) });
        (await _host.Client.PostAsJsonAsync($"/api/events?shop={Shop}", impressions, TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();
        await Eventually.TrueAsync(async () => (await ExposuresAsync("copy")).Count == shown.Count, "everybody who saw it is exposed");
        Assert.Equal(friendly.Order(), (await ExposuresAsync("copy")).Where(exposure => exposure.Variation == 1).Select(exposure => int.Parse(exposure.Customer.Value, System.Globalization.CultureInfo.InvariantCulture)).Order());
        await Eventually.TrueAsync(async () => (await ExposuresAsync(Exposure.HoldoutOf("copy"))).Count == Customers, "it is known who was held out and who wasn't");

        // Those with the other headline buy the mug; one of them returns it, and one of those held out buys beans.
        foreach (var customer in friendly)
        {
            await OrderAsync(customer, "mug", 20);
        }

        await OrderAsync(held[0].Customer, "beans", 10);
        await OutcomesAsync(2 + friendly.Count);
        await SendAsync(new OrderReceived(Shop) { Refund = new("r1", new($"order-{friendly[0]}"), [new("line", 1)], _time.GetUtcNow().AddHours(3)) });
        var refunded = new CustomerId($"{friendly[0]}");
        await Eventually.TrueAsync(
            async () => (await _host.Services.GetRequiredService<IJournalStore>().FindAsync(Shop, refunded, TestContext.Current.CancellationToken)).Outcomes.Exists(outcome => outcome.Kind == OutcomeKind.Refund), "the refund is credited");

        await _host.Services.GetRequiredService<MetricRollUp>().RollUpDaysAsync(Shop, TestContext.Current.CancellationToken);
        var metrics = (await GetAsync("metrics?from=2026-03-10&to=2026-03-10"))["periods"]![0]!["metrics"]!;
        Assert.Equal(1, Number(metrics["recommendation_conversion"]!["value"]));
        Assert.Equal((friendly.Count - 1, friendly.Count + 1), (Number(metrics["attach_rate"]!["numerator"]), Number(metrics["attach_rate"]!["denominator"])));
        Assert.Equal((20 * friendly.Count) + 10 - 20, Number(metrics["revenue_per_customer"]!["numerator"]));
        Assert.Equal(0, Number(metrics["expansion_revenue_share"]!["value"]));
        Assert.Null(metrics["upgrade_rate"]!["value"]);
        var bySource = (await GetAsync("metrics?from=2026-03-10&to=2026-03-10&slice=source:mugs"))["periods"]![0]!["metrics"]!;
        Assert.Equal(friendly.Count, Number(bySource["attach_rate"]!["denominator"]));
        var behind = (await GetAsync("metrics/attach_rate/outcomes?from=2026-03-10&to=2026-03-10&slice=touchpoint:cart_page"))["outcomes"]!.AsArray();
        Assert.Equal(friendly.Select(customer => $"order-{customer}").Order(), behind.Select(outcome => Text(outcome!["order_id"])).Order());

        // Within the window nobody counts; after it, everybody once and for all.
        Assert.Equal(0, Number((await GetAsync("experiments/copy/results?now=true"))["reading"]!["variations"]![1]!["visitors"]));
        _time.Advance(TimeSpan.FromDays(8));
        var reading = (await GetAsync("experiments/copy/results?now=true"))["reading"]!;
        Assert.Equal((friendly.Count, friendly.Count), (Number(reading["variations"]![1]!["visitors"]), Number(reading["variations"]![1]!["conversions"])));
        Assert.Equal((20 * (friendly.Count - 1), 12 * (friendly.Count - 1)), (Number(reading["variations"]![1]!["revenue"]), Number(reading["variations"]![1]!["margin"])));
        Assert.Equal("not_yet", Text(reading["verdict"]!["kind"]));
        Assert.True(Number(reading["incremental"]!["per_visitor"]) > 0);
    }

    /// <summary>Of 300 visitors of either arm, told of over HTTP once the guardrail's time has passed.</summary>
    [Theory]
    [InlineData("complaint_rate", "went from 10.0 % to 50.0 %")]
    [InlineData("opt_out_rate", "went from 10.0 % to 50.0 %")]
    [InlineData("return_rate", "went from 10.0 % to 50.0 %")]
    [InlineData("retention", "went from 90.0 % to 50.0 %")]
    [InlineData("satisfaction", "went from 4.6 to 3 on average")]
    [InlineData("lifetime_value", "went from 45 to 25 on average")]
    public async Task Harm_ToldByOutcomes_StopsTheExperiment(string guardrail, string words)
    {
        await PutAsync("settings", new { currency = "EUR" });
        await PutAsync("experiments/pushy", new
        {
            by = "ann",
            definition = new
            {
                key = "pushy",
                seed = "1",
                touchpoint = "checkout",
                element = "copy",
                variations = new object[] { new { name = "control", weight = 1, settings = new { } }, new { name = "pushy", weight = 1, settings = new { headline = "Last chance!" } } },
            },
        });
        await PostAsync("experiments/pushy/start", new { by = "ann", reason = "to know" });
        var start = _time.GetUtcNow();
        await _host.Services.GetRequiredService<IExposureStore>().SaveAsync(
            Shop, [.. Enumerable.Range(0, Harmed.Visitors).Select(i => new Exposure("pushy", new($"{i}"), i % 2, 0.5, start))], TestContext.Current.CancellationToken);

        _time.Advance(TimeSpan.FromDays(100));
        var told = Enumerable.Range(0, Harmed.Visitors).SelectMany(i => Harmed.Outcomes(guardrail, i, start)).ToList();
        await _host.Services.GetRequiredService<OutcomeBook>().RecordAsync(Shop, [.. told.Where(outcome => outcome.OrderId is not null)], TestContext.Current.CancellationToken);
        foreach (var said in told.Where(outcome => outcome.OrderId is null).Chunk(500))
        {
            using var content = new StringContent(JsonSerializer.Serialize(said, ExpansionJson.Options), Encoding.UTF8, "application/json");
            await OkAsync(await _host.Client.PostAsync($"/api/shops/{Shop}/outcomes", content, TestContext.Current.CancellationToken));
        }

        var journals = _host.Services.GetRequiredService<IJournalStore>();
        await Eventually.TrueAsync(
            async () => (await Task.WhenAll(told.Select(outcome => journals.FindAsync(Shop, outcome.Customer!.Value, TestContext.Current.CancellationToken)))).All(journal => journal.Outcomes.Count > 0),
            "all of them are written down");
        await _host.Services.GetRequiredService<IMessageQueue>().SendAsync(ExperimentReadingDue.Queue, new ExperimentReadingDue(Shop, "pushy"), TestContext.Current.CancellationToken);

        await Eventually.TrueAsync(async () => Text((await GetAsync("experiments/pushy"))["status"]) == "stopped", "the alarm stops it");
        var last = (await GetAsync("experiments/pushy"))["audit"]!.AsArray()[^1]!;
        Assert.Equal("harm alarm", Text(last["by"]));
        Assert.Contains($"pushy: {guardrail} {words}", Text(last["what"]).Replace("\u00a0", " ", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Null((await NextAsync(1))["arm"]);
    }

    private async Task<JsonNode> NextAsync(int customer)
    {
        var answer = await _host.Client.PostAsJsonAsync(
            "/api/offers/next",
            new { shop = Shop.Value, customer = $"{customer}", touchpoint = "cart_page", interaction = $"view-{customer}", session = $"session-{customer}", cart = new { total = new { amount = 30, currency = "EUR" }, skus = InCart } },
            TestContext.Current.CancellationToken);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonNode>(TestContext.Current.CancellationToken))!;
    }

    private object Event(string type, int customer, string offer, int number) =>
        new { type, id = $"{offer}-{number}", customer = $"{customer}", at = _time.GetUtcNow().AddSeconds(number), offer };

    private Task OrderAsync(int customer, string sku, decimal price)
    {
        var at = _time.GetUtcNow().AddHours(1);
        return SendAsync(new OrderReceived(Shop) { Order = new(new($"order-{customer}"), new($"{customer}"), at, at, [new(new(sku), 1, 1, new(price, "EUR")) { Id = "line" }]) });
    }

    private Task SendAsync(OrderReceived message) => _host.Services.GetRequiredService<IMessageQueue>().SendAsync(OrderReceived.Queue, message, TestContext.Current.CancellationToken);

    private Task OutcomesAsync(int orders) => Eventually.TrueAsync(
        async () => await _host.Services.GetRequiredService<IOutcomeStore>().ReadAsync(Shop, new(2026, 3, 10), TestContext.Current.CancellationToken)
            .CountAsync(outcome => outcome.Kind == OutcomeKind.Revenue, TestContext.Current.CancellationToken) >= orders - 1,
        "the orders are credited");

    private async Task<List<Exposure>> ExposuresAsync(string experiment) =>
        await _host.Services.GetRequiredService<IExposureStore>().ReadAsync(Shop, experiment, TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);

    private async Task<JsonNode> GetAsync(string path) => (await _host.Client.GetFromJsonAsync<JsonNode>($"/api/shops/{Shop}/{path}", TestContext.Current.CancellationToken))!;

    private async Task PutAsync(string path, object body) => await OkAsync(await _host.Client.PutAsJsonAsync($"/api/shops/{Shop}/{path}", body, TestContext.Current.CancellationToken));

    private async Task PostAsync(string path, object body) => await OkAsync(await _host.Client.PostAsJsonAsync($"/api/shops/{Shop}/{path}", body, TestContext.Current.CancellationToken));

    private static async Task OkAsync(HttpResponseMessage answer) => Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));

    private static string Text(JsonNode? node) => node!.GetValue<string>();

    private static double Number(JsonNode? node) => node!.GetValue<double>();

    private sealed class OnlyMugs : IOfferCandidates
    {
        public Task<ProposedCandidates> FindAsync(ShopId shop, TimingContext context, CancellationToken cancellationToken) =>
            Task.FromResult(new ProposedCandidates([new(OfferKind.CrossSell, "mug", 0.5, "mugs") { Title = "Mug", Price = new(20, "EUR") }], "1"));
    }
}
