using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Expansion.Browser.Tests.Dashboard;

/// <summary>The table of pairs: judged by keys, sorted and filtered.</summary>
[Collection(SampleShopHost.Collection)]
[Trait("Category", "Azurite")]
public sealed class AffinityViewTests(Chromium chromium, SampleShopHost shop)
{
    [Fact]
    public async Task Pair_JudgedByKeys_IsRejectedPinnedAndTakenBack()
    {
        var page = await chromium.OpenDashboardAsync(shop.Address, "affinity/table?min_lift=1.5");
        var row = Rows(page).Nth(5);
        await row.FocusAsync();

        foreach (var (key, verdict) in new[] { ("r", "rejected"), ("p", "pinned") })
        {
            await page.Keyboard.PressAsync(key);
            await Expect(row.GetByText(verdict, new() { Exact = true })).ToBeVisibleAsync();
            Assert.Equal(1, (int)(await shop.GetAsync($"/api/affinity/pairs?shop={SampleShopHost.Shop}&verdict={verdict}"))["total"]!);
        }

        await page.Keyboard.PressAsync("u");
        await Expect(row.GetByText("pinned", new() { Exact = true })).ToHaveCountAsync(0);
        Assert.Equal(0, (int)(await shop.GetAsync($"/api/affinity/pairs?shop={SampleShopHost.Shop}&verdict=pinned"))["total"]!);
    }

    [Fact]
    public async Task Pairs_SortedAndFiltered_AreThoseThatTheServerNames()
    {
        var page = await chromium.OpenDashboardAsync(shop.Address, "affinity");
        await page.GetByRole(AriaRole.Button, new() { Name = "Support" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Columnheader, new() { Name = "Support" })).ToHaveAttributeAsync("aria-sort", "descending");
        await page.GetByRole(AriaRole.Button, new() { Name = "Support" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Columnheader, new() { Name = "Support" })).ToHaveAttributeAsync("aria-sort", "ascending");
        await page.GetByLabel("Lift from").FillAsync("3");
        await page.GetByLabel("Lift from").PressAsync("Enter");

        var wanted = await shop.GetAsync($"/api/affinity/pairs?shop={SampleShopHost.Shop}&sort=support&desc=false&min_lift=3&page_size=50");
        await Expect(page.GetByText($"{(int)wanted["total"]!:n0} pairs, learned from")).ToBeVisibleAsync();
        Assert.InRange((int)wanted["total"]!, 1, (int)(await shop.GetAsync($"/api/affinity/pairs?shop={SampleShopHost.Shop}"))["total"]! - 1);
        var items = wanted["items"]!.AsArray();
        await Expect(Rows(page)).ToHaveCountAsync(items.Count);
        await Expect(Rows(page).First).ToContainTextAsync($"{items[0]!["title_a"]} + {items[0]!["title_b"]}");
        await Expect(Rows(page).Last).ToContainTextAsync($"{items[^1]!["title_a"]} + {items[^1]!["title_b"]}");
    }

    private static ILocator Rows(IPage page) => page.GetByRole(AriaRole.Table, new() { Name = "Pairs of products" }).Locator("tbody tr");
}
