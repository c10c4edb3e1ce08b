using Azure.Storage.Queues;
using Expansion.Engine;
using Expansion.Engine.Experiments;
using Expansion.Engine.Metrics;
using Expansion.Engine.Orders;
using Expansion.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Expansion.Browser.Tests.Dashboard;

/// <summary>What came in, and what waits for somebody; and how metrics leave the page.</summary>
[Collection(SampleShopHost.Collection)]
[Trait("Category", "Azurite")]
public sealed class TodayViewTests(Chromium chromium, SampleShopHost shop)
{
    private const string Selling = "selling.expansion.example";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Revenue_OfAShopThatSells_IsNetAndIncrementalAndOpensToWhatItIsMadeOf()
    {
        await SellAsync();
        var page = await chromium.OpenDashboardAsync(shop.Address, "today", shop: Selling);

        var net = page.GetByRole(AriaRole.Link).Filter(new() { HasText = "returns taken off" });
        await Expect(net).ToContainTextAsync("$80.00");
        await Expect(net).ToContainTextAsync("21.1% of $380.00");
        await Expect(page.GetByRole(AriaRole.Link).Filter(new() { HasText = "by the holdout of first" })).ToContainTextAsync("$120.00");
        await Chromium.PictureAsync(page, "today-selling", "dashboard");

        await net.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Expansion revenue share" })).ToBeVisibleAsync();
        await page.Locator("main li").Filter(new() { HasText = "380" }).GetByRole(AriaRole.Link).ClickAsync();
        var rows = page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Table).Locator("tbody tr");
        await Expect(rows).ToHaveCountAsync(6);
        await Expect(rows.Filter(new() { HasText = "refund" })).ToContainTextAsync("$20.00");
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Link, new() { Name = "buyer-4" }).First.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Searchbox, new() { Name = "Customer" })).ToHaveValueAsync("buyer-4");
    }

    [Fact]
    public async Task Metric_OpenedAsAChart_IsSavedAsPictureAndAsCsv()
    {
        await SellAsync();
        var page = await chromium.OpenDashboardAsync(shop.Address, "metrics/expansion_revenue_share?by=day", shop: Selling);
        await page.GetByText("Expansion revenue share: numbers").ClickAsync();

        var csv = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Button, new() { Name = "CSV", Exact = true }).ClickAsync());
        var png = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Button, new() { Name = "PNG", Exact = true }).ClickAsync());

        Assert.Equal(("expansion-revenue-share.csv", "expansion-revenue-share.png"), (csv.SuggestedFilename, png.SuggestedFilename));
        var lines = await File.ReadAllLinesAsync(await csv.PathAsync(), Stop);
        Assert.StartsWith("\"\",\"Expansion revenue share\"", lines[0], StringComparison.Ordinal);
        Assert.Contains(lines, line => line.Contains("0.2105", StringComparison.Ordinal));
        Assert.Equal("PNG"u8.ToArray(), (await File.ReadAllBytesAsync(await png.PathAsync(), Stop)).Skip(1).Take(3));
    }

    [Fact]
    public async Task NeedsAPerson_PairsMessagesThrottlesAndMetrics_AreEachListedAndOpen()
    {
        var poison = new QueueClient(shop.Storage, $"{OrderReceived.Queue}-poison", new() { MessageEncoding = QueueMessageEncoding.Base64 });
        await poison.CreateIfNotExistsAsync(cancellationToken: Stop);
        await poison.SendMessageAsync("{}", Stop);
        var page = await chromium.OpenAsync(new BrowserNewContextOptions());
        await page.RouteAsync("**/api/offers/throttles?*", route => route.FulfillAsync(new() { ContentType = "application/json", Body = """{"throttles":[{"key":"touchpoint:cart_page","share":0.5,"reason":"6 % opt out after the cart page's offers."}]}""" }));
        await page.GotoAsync($"{shop.Address}/api/dashboard#/{SampleShopHost.Shop}/today");

        var tasks = page.Locator(".card").Filter(new() { Has = page.GetByRole(AriaRole.Heading, new() { Name = "Needs a person" }) });
        await Expect(tasks.GetByRole(AriaRole.Link, new() { Name = "pairs to review" })).ToHaveAttributeAsync("href", $"#/{SampleShopHost.Shop}/affinity/table?verdict=none&actionable=true");
        await Expect(tasks.GetByRole(AriaRole.Link).Filter(new() { HasText = OrderReceived.Queue })).ToBeVisibleAsync();
        await tasks.GetByRole(AriaRole.Link, new() { Name = "6 % opt out" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Table, new() { Name = "Throttles" })).ToContainTextAsync("50%");
        await poison.ClearMessagesAsync(Stop);
    }

    /// <summary>Three renewals of 100, two sales of 50 by offers of which 20 came back; 120 more than the holdout.</summary>
    private async Task SellAsync()
    {
        var now = TimeProvider.System.GetUtcNow();
        await shop.SendAsync(HttpMethod.Put, $"/api/shops/{Selling}/settings", """{"currency":"USD"}""");
        string Sale(int number, string kind, string revenue, int amount) =>
            $$"""{"id":"sale-{{number}}","kind":"{{kind}}","at":"{{now.AddMinutes(-1):O}}","customer":"buyer-{{number}}","order_id":"order-{{number}}","amount":{{amount}},"revenue_kind":"{{revenue}}"}""";
        string[] sales = [Sale(1, "revenue", "renewal", 100), Sale(2, "revenue", "renewal", 100), Sale(3, "revenue", "renewal", 100), Sale(4, "revenue", "expansion", 50), Sale(5, "revenue", "expansion", 50), Sale(4, "refund", "expansion", 20)];
        await shop.SendAsync(HttpMethod.Post, $"/api/shops/{Selling}/outcomes", $"[{string.Join(',', sales)}]");
        await Eventually.TrueAsync(
            async () =>
            {
                await shop.Host.Services.GetRequiredService<IMessageQueue>().SendAsync(RollUpDue.Queue, new RollUpDue(ShopId.From(Selling), Close: false), Stop);
                return (await shop.GetAsync($"/api/shops/{Selling}/metrics?by=month"))["periods"]!.AsArray().Any(period => (double?)period!["metrics"]!["expansion_revenue_share"]!["denominator"] == 380);
            },
            "the sales are rolled up",
            TimeSpan.FromMinutes(2));

        if ((string?)(await shop.GetAsync($"/api/shops/{Selling}/experiments"))["experiments"]!.AsArray().FirstOrDefault()?["key"] is null)
        {
            await shop.SendAsync(HttpMethod.Put, $"/api/shops/{Selling}/experiments/first", """
                {"by":"ann","definition":{"key":"first","seed":"1","touchpoint":"checkout","element":"copy","holdout":0.1,
                 "variations":[{"name":"control","weight":1,"settings":{}},{"name":"friendly","weight":1,"settings":{"headline":"Goes well with it"}}]}}
                """);
            await shop.SendAsync(HttpMethod.Post, $"/api/shops/{Selling}/experiments/first/start", """{"by":"ann","reason":"to know"}""");
            await shop.Host.Services.GetRequiredService<IExperimentStore>().SaveReadingAsync(ShopId.From(Selling), "first", new(now) { Incremental = new(1.2, 120, new(40, 200), 0.01) }, Stop);
        }
    }
}
