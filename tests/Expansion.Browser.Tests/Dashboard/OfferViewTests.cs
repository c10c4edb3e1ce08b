using System.Text.Json.Nodes;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Expansion.Browser.Tests.Dashboard;

/// <summary>Why somebody was offered something, or wasn't.</summary>
[Collection(SampleShopHost.Collection)]
[Trait("Category", "Azurite")]
public sealed class OfferViewTests(Chromium chromium, SampleShopHost shop)
{
    [Fact]
    public async Task Decision_Opened_TellsItsExplanation()
    {
        var line = (await LedgerAsync("visitor-2"))[0]!;
        var told = await shop.GetAsync($"/api/offers/{line["id"]}/explain?shop={SampleShopHost.Shop}");
        var page = await chromium.OpenDashboardAsync(shop.Address, "offers?customer=visitor-2");

        var row = page.GetByRole(AriaRole.Table, new() { Name = "Decisions" }).Locator("tbody tr").First;
        await row.FocusAsync();
        await row.PressAsync("Enter");

        var dialog = page.GetByRole(AriaRole.Dialog, new() { Name = "Why" });
        Assert.NotEmpty(told["in_words"]!.AsArray());
        foreach (var sentence in told["in_words"]!.AsArray())
        {
            await Expect(dialog.GetByRole(AriaRole.Listitem).Filter(new() { HasText = (string)sentence! }).First).ToBeVisibleAsync();
        }

        await Chromium.PictureAsync(page, "decision", "dashboard");
        await dialog.GetByRole(AriaRole.Link, new() { Name = "All of this customer’s" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Searchbox, new() { Name = "Customer" })).ToHaveValueAsync("visitor-2");
    }

    /// <summary>Asked about twice in one interaction: an offer at most once, and a silence with its reason.</summary>
    [Fact]
    public async Task Customer_LookedFor_ShowsWhatTheyWereOfferedAndWhyNot()
    {
        foreach (var interaction in new[] { "first", "second" })
        {
            await shop.SendAsync(HttpMethod.Post, "/api/offers/next", $$$"""
                {"shop":"{{{SampleShopHost.Shop}}}","customer":"twice","touchpoint":"cart_page","interaction":"{{{interaction}}}","session":"one",
                 "cart":{"total":{"amount":34.9,"currency":"USD"},"skus":["COF-HOUSE-1K"]}}
                """);
        }

        var lines = await LedgerAsync("twice");
        var page = await chromium.OpenDashboardAsync(shop.Address, "offers");
        await page.GetByRole(AriaRole.Searchbox, new() { Name = "Customer" }).FillAsync("twice");
        await page.GetByRole(AriaRole.Searchbox, new() { Name = "Customer" }).PressAsync("Enter");

        var rows = page.GetByRole(AriaRole.Table, new() { Name = "Decisions" }).Locator("tbody tr");
        await Expect(rows).ToHaveCountAsync(2);
        foreach (var (line, at) in lines.Select((line, at) => (line!, at)))
        {
            await Expect(rows.Nth(at)).ToContainTextAsync((string)line["reason"]!);
            await Expect(rows.Nth(at)).ToContainTextAsync((string?)line["offered"] is null ? "silence" : (string?)line["title"] ?? (string)line["offered"]!);
        }

        Assert.Contains(lines, line => line!["offered"] is null);
        await page.GetByLabel("Outcome").SelectOptionAsync("silence");
        await Expect(rows).ToHaveCountAsync(lines.Count(line => line!["offered"] is null));
    }

    private async Task<JsonArray> LedgerAsync(string customer) =>
        (await shop.GetAsync($"/api/offers/ledger?shop={SampleShopHost.Shop}&customer={customer}&page_size=50"))["items"]!.AsArray();
}
