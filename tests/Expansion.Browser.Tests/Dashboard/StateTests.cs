using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Expansion.Browser.Tests.Dashboard;

/// <summary>Every view while it loads, when the app can't be reached, when there is nothing yet, and when what it shows is old.</summary>
[Collection(SampleShopHost.Collection)]
[Trait("Category", "Azurite")]
public sealed class StateTests(Chromium chromium, SampleShopHost shop)
{
    private const string Empty = "empty.expansion.example";

    public static TheoryData<string, string> Views() => new()
    {
        { "today", "Nothing has been learned of this shop yet." },
        { "affinity", "Nothing has been learned of this shop yet." },
        { "offers", "Nothing has been decided in the last days." },
        { "rules", "No rule of your own yet" },
        { "pricing", "Enter the plans below." },
        { "experiments", "None yet." },
        { "metrics", "Nothing has been counted in these days yet." },
        { "settings", "Nothing has been learned yet." },
    };

    [Theory]
    [MemberData(nameof(Views))]
    public async Task View_OfAShopWithNothing_SaysWhatToDo(string path, string text)
    {
        await shop.SendAsync(HttpMethod.Put, $"/api/shops/{Empty}/settings", "{}");
        var page = await chromium.OpenDashboardAsync(shop.Address, path, shop: Empty);

        await Expect(page.Locator("main").GetByText(text).First).ToBeVisibleAsync();
        await Expect(page.Locator("main [aria-busy=true]")).ToHaveCountAsync(0);
        await Expect(page.Locator("main").GetByRole(AriaRole.Alert)).ToHaveCountAsync(0);
        await Chromium.PictureAsync(page, $"empty-{path}", "dashboard");
    }

    [Theory]
    [MemberData(nameof(Views))]
    public async Task View_WhileItIsRead_SaysThatItLoadsAndThenThatTheAppIsAway(string path, string text)
    {
        _ = text;
        var answers = new TaskCompletionSource();
        var page = await chromium.OpenAsync(new BrowserNewContextOptions());
        await page.RouteAsync(Api, async route =>
        {
            await answers.Task;
            await route.AbortAsync();
        });
        await page.GotoAsync($"{shop.Address}/api/dashboard#/{SampleShopHost.Shop}/{path}");

        await Expect(page.Locator("main").GetByText("Loading…").First).ToBeVisibleAsync();
        answers.SetResult();

        await Expect(page.Locator("main").GetByText("The app can’t be reached.").First).ToBeVisibleAsync();
        await Expect(page.Locator("main").GetByText("Loading…")).ToHaveCountAsync(0);
    }

    /// <summary>Who comes back to a page that was left for two minutes gets new answers, or is told that these are the last ones.</summary>
    [Theory]
    [MemberData(nameof(Views))]
    public async Task View_LeftForMinutesWhileTheAppWentAway_SaysThatItIsOldAndKeepsIt(string path, string text)
    {
        _ = text;
        var page = await chromium.OpenAsync(new BrowserNewContextOptions());
        await page.Clock.InstallAsync();
        await page.GotoAsync($"{shop.Address}/api/dashboard#/{SampleShopHost.Shop}/{path}");
        await Expect(page.Locator("main .card").First).ToBeVisibleAsync();
        await Expect(page.Locator("main [aria-busy=true]")).ToHaveCountAsync(0);
        await page.RouteAsync(Api, route => route.AbortAsync());

        await page.EvaluateAsync("document.dispatchEvent(new Event('visibilitychange'))");
        await Expect(page.Locator(".stale")).ToHaveCountAsync(0);
        await page.Clock.FastForwardAsync(120_000);
        await page.EvaluateAsync("document.dispatchEvent(new Event('visibilitychange'))");

        await Expect(page.Locator(".stale").First).ToContainTextAsync("This is the last answer");
        await page.UnrouteAllAsync();
        await page.Locator(".stale").First.GetByRole(AriaRole.Button, new() { Name = "Try again" }).ClickAsync();
        await Expect(page.Locator("main [aria-busy=true]")).ToHaveCountAsync(0);
    }

    private static readonly System.Text.RegularExpressions.Regex Api = new("/api/(?!dashboard)");
}
