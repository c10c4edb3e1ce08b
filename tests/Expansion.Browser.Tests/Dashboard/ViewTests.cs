using System.Collections.Concurrent;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Expansion.Browser.Tests.Dashboard;

/// <summary>Every view of the sample shop at three widths, light and dark, from left to right and the other way: pictures for people, and what a machine can tell of them.</summary>
[Collection(SampleShopHost.Collection)]
[Trait("Category", "Azurite")]
public sealed class ViewTests(Chromium chromium, SampleShopHost shop)
{
    public static MatrixTheoryData<(string Path, string Text), (int Width, string Language)> Views() => new(
        [
            ("today", "First steps"), ("affinity", "Hourglass Carafe 3 Cups"), ("affinity/network", "The strongest pairs"), ("affinity/product/COF-HOUSE-1K", "Espresso Machine Cleaning Tablets, 100"),
            ("offers?customer=visitor-3", "visitor-3"), ("offers/silence", "Why we stayed silent"), ("rules", "When the customer has bought A, recommend B."), ("pricing", "Plan ladder"), ("pricing/bundles", "Bundles"),
            ("pricing/preview", "unlimited users"), ("experiments", "Experiments"), ("experiments/new", "visitors on average"), ("metrics", "The seven"), ("settings", "Thresholds and calendar"),
        ],
        [(1280, "en-US"), (768, "ar"), (390, "en-US")]);

    [Theory]
    [MemberData(nameof(Views))]
    public async Task View_OfTheSampleShop_ShowsItAndIsAccessible((string Path, string Text) view, (int Width, string Language) screen)
    {
        // What the content security policy refuses is an error of the page as well.
        var errors = new ConcurrentQueue<string>();
        var page = await chromium.OpenDashboardAsync(
            shop.Address, view.Path, new() { ViewportSize = new() { Width = screen.Width, Height = 900 }, ColorScheme = ColorScheme.Light, Locale = screen.Language }, errors: errors);
        await Expect(page.Locator("main").GetByText(view.Text).First).ToBeVisibleAsync();
        await Expect(page.Locator("main [aria-busy=true]")).ToHaveCountAsync(0);

        foreach (var colours in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            await page.EmulateMediaAsync(new() { ColorScheme = colours });
            await Chromium.PictureAsync(page, $"{view.Path.Split('?')[0].Replace('/', '-')}-{screen.Width}-{colours}", "dashboard");
            Assert.Empty(await page.SeriousAsync());
        }

        Assert.Equal(screen.Language == "ar" ? "rtl" : "ltr", await page.EvaluateAsync<string>("document.documentElement.dir"));
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), "The page is wider than the window.");
        Assert.Empty(errors);
    }
}
