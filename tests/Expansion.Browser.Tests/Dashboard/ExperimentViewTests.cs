using Expansion.Engine;
using Expansion.Engine.Experiments;
using Expansion.Engine.Experiments.Guardrails;
using Expansion.Engine.Experiments.Readings;
using Expansion.Engine.Experiments.Verdicts;
using Expansion.Engine.Metrics.Facts;
using Expansion.Engine.Outcomes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Expansion.Browser.Tests.Dashboard;

/// <summary>A running experiment on the dashboard: its course, and its end by hand.</summary>
[Collection(SampleShopHost.Collection)]
[Trait("Category", "Azurite")]
public sealed class ExperimentViewTests(Chromium chromium, SampleShopHost shop)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Course_OfThirtyDays_IsDrawnWithIntervalsThatNarrow()
    {
        await StartAsync("course", "account_page");
        var (store, today) = (shop.Host.Services.GetRequiredService<IExperimentStore>(), TimeProvider.System.GetUtcNow());
        for (var day = 30; day >= 0; day--)
        {
            var width = 0.1 + (0.02 * day);
            await store.SaveReadingAsync(
                ShopId.From(SampleShopHost.Shop),
                "course",
                new ExperimentReading(today.AddDays(-day)) { Effects = [new("bestsellers", new(0.15, new(0.15 - width, 0.15 + width)), new(0.05, new(0.05 - width, 0.05 + width)), null)] },
                Stop);
        }

        var page = await chromium.OpenDashboardAsync(shop.Address, "experiments/course");

        var numbers = page.GetByRole(AriaRole.Region, new() { Name = "Conversion, change against control: numbers" });
        await page.GetByText("Conversion, change against control: numbers").ClickAsync();
        await Expect(numbers.GetByRole(AriaRole.Row)).ToHaveCountAsync(32);
        await Expect(numbers.GetByRole(AriaRole.Row).Nth(1)).ToContainTextAsync("-55.0%");
        await Expect(numbers.GetByRole(AriaRole.Row).Last).ToContainTextAsync("15.0%5.0%25.0%");
        await Expect(page.GetByRole(AriaRole.Img, new() { Name = "Revenue per visitor, change against control." })).ToBeVisibleAsync();
        await Expect(page.GetByText("Margin per visitor, change against control")).ToHaveCountAsync(0);
        Assert.True(await page.IsPaintedAsync("canvas"));
        await page.GetByText("Conversion, change against control: numbers").ClickAsync();
        await page.EvaluateAsync("scrollTo(0, 0)");
        await Chromium.PictureAsync(page, "experiment-course", "dashboard");
    }

    [Fact]
    public async Task Stop_WithAReason_IsAskedForAndKeptInTheHistory()
    {
        await StartAsync("to-stop", "in_app");
        var page = await chromium.OpenDashboardAsync(shop.Address, "experiments/to-stop");
        var asked = new TaskCompletionSource<string>();
        page.Dialog += async (_, question) =>
        {
            asked.TrySetResult(question.Message);
            await question.AcceptAsync();
        };

        await page.GetByLabel("Why (kept in the history)").FillAsync("the season is over");
        await page.GetByRole(AriaRole.Button, new() { Name = "Stop", Exact = true }).ClickAsync();

        await Expect(page.Locator("main").GetByText("stopped", new() { Exact = true })).ToBeVisibleAsync();
        Assert.Contains("can't go on", await asked.Task, StringComparison.Ordinal);
        await page.GetByText("History", new() { Exact = true }).ClickAsync();
        await Expect(page.GetByText("dashboard: stopped: the season is over")).ToBeVisibleAsync();
        Assert.Equal("stopped", (string?)(await shop.GetAsync($"/api/shops/{SampleShopHost.Shop}/experiments/to-stop"))["status"]);

        // A stopped one waits for somebody to conclude it, and today's view says so.
        await page.GotoAsync($"{shop.Address}/api/dashboard#/{SampleShopHost.Shop}/today");
        await page.GetByRole(AriaRole.Link, new() { Name = "Experiment to-stop stopped: conclude it" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Conclude" }).ClickAsync();
        await Expect(page.Locator("main").GetByText("concluded", new() { Exact = true })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Reading_ThatIsDecided_SaysVerdictAndGuardrailsInWordsAndOpensToWhoIsBehindIt()
    {
        await StartAsync("judged", "onboarding");
        var (shopId, now) = (ShopId.From(SampleShopHost.Shop), TimeProvider.System.GetUtcNow());
        await shop.Host.Services.GetRequiredService<IExperimentStore>().SaveReadingAsync(
            shopId,
            "judged",
            new ExperimentReading(now)
            {
                Verdict = new(VerdictKind.Loser, "bestsellers isn't worth it: it harms return_rate."),
                Harm = new Dictionary<int, string> { [0] = "More of what bestsellers sold comes back." },
                Variations =
                [
                    new("affinity", 1_020, 1_000, 50, 2_000, 800, []),
                    new("bestsellers", 1_010, 2, 1, 100, 40, [new(GuardrailPlan.ReturnRate, GuardrailVerdict.Fail, 0.4), new(GuardrailPlan.OptOutRate, GuardrailVerdict.Pass, 0.01), new(GuardrailPlan.Retention, GuardrailVerdict.Pending, null)]),
                ],
            },
            Stop);
        await shop.Host.Services.GetRequiredService<IExposureStore>().SaveAsync(
            shopId, [.. new[] { ("who-bought", 1, -8), ("who-did-not", 1, -1), ("in-control", 0, -8) }.Select(seen => new Exposure("judged", new(seen.Item1), seen.Item2, 0.5, now.AddDays(seen.Item3)))], Stop);
        var (order, bought) = (new OrderId("order-of-judged"), now.AddDays(-7));
        await shop.Host.Services.GetRequiredService<IJournalStore>().SaveAsync(
            shopId,
            [
                new("order-of-judged", OutcomeKind.Order, bought, new CustomerId("who-bought")) { OrderId = order, Order = new(OrderStatus.Completed, []) },
                new("sale-of-judged", OutcomeKind.Revenue, bought, new CustomerId("who-bought")) { OrderId = order, Amount = 100, Margin = 40 },
            ],
            Stop);
        var page = await chromium.OpenDashboardAsync(shop.Address, "experiments/judged");

        await Expect(page.Locator(".verdict")).ToHaveTextAsync("loser bestsellers isn't worth it: it harms return_rate.");
        await Expect(page.GetByText("More of what bestsellers sold comes back.")).ToBeVisibleAsync();
        var row = page.GetByRole(AriaRole.Table, new() { Name = "Variations" }).GetByRole(AriaRole.Row).Filter(new() { HasText = "bestsellers" });
        foreach (var guardrail in new[] { "return rate: fail", "opt out rate: pass", "retention: pending" })
        {
            await Expect(row.GetByText(guardrail, new() { Exact = true })).ToBeVisibleAsync();
        }

        await Chromium.PictureAsync(page, "experiment-verdict", "dashboard");
        await row.GetByRole(AriaRole.Link, new() { Name = "50.00%" }).ClickAsync();

        var visitors = page.GetByRole(AriaRole.Dialog, new() { Name = "Who saw bestsellers" }).GetByRole(AriaRole.Table).Locator("tbody tr");
        await Expect(visitors).ToHaveCountAsync(2);
        await Expect(visitors.First).ToContainTextAsync("bought");
        await Expect(visitors.First).ToContainTextAsync("100.0040.00");
        await Expect(visitors.Last).ToContainTextAsync("not counted yet");
        await visitors.First.GetByRole(AriaRole.Link, new() { Name = "who-bought" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Searchbox, new() { Name = "Customer" })).ToHaveValueAsync("who-bought");
    }

    private async Task StartAsync(string key, string touchpoint)
    {
        var path = $"/api/shops/{SampleShopHost.Shop}/experiments/{key}";
        await shop.SendAsync(HttpMethod.Put, path, $$$"""
            {"by":"ann","definition":{"key":"{{{key}}}","seed":"1","touchpoint":"{{{touchpoint}}}","element":"product_combination",
             "variations":[{"name":"affinity","weight":1,"settings":{"ranking":"affinity"}},{"name":"bestsellers","weight":1,"settings":{"ranking":"popularity"}}]}}
            """);
        await shop.SendAsync(HttpMethod.Post, $"{path}/start", """{"by":"ann","reason":"to know"}""");
    }
}
