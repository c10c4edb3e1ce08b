using Expansion.Engine;
using Expansion.Engine.Experiments;
using Expansion.Engine.Experiments.Readings;
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
