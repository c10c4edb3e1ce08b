using System.Globalization;
using System.Text.Json.Nodes;
using Expansion.Engine;
using Expansion.Engine.Offers;
using Expansion.Engine.Recommendations;
using Expansion.Engine.Timing;
using Microsoft.Extensions.DependencyInjection;
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

    [Fact]
    public async Task Silences_OfTwoDays_AreDrawnByReasonOverTime()
    {
        const string name = "silent.expansion.example";
        await shop.SendAsync(HttpMethod.Put, $"/api/shops/{name}/settings", "{}");
        var now = TimeProvider.System.GetUtcNow();
        Decision Silence(int number, int daysAgo, params Suppression[] because)
        {
            var at = now.AddDays(-daysAgo);
            return new(string.Create(CultureInfo.InvariantCulture, $"{DateTimeOffset.MaxValue.UtcTicks - at.UtcTicks:x16}-{number:x16}"), new($"customer-{number}"), at, Touchpoint.CartPage, null, "Silent.") { Suppressions = because };
        }

        var fatigue = new Suppression("fatigue", "Saw something yesterday.", null);
        await shop.Host.Services.GetRequiredService<IOfferLedger>().AddAsync(
            ShopId.From(name), [Silence(1, 0, fatigue), Silence(2, 0, fatigue), Silence(3, 0), Silence(4, 3, fatigue)], TestContext.Current.CancellationToken);
        var page = await chromium.OpenDashboardAsync(shop.Address, "offers/silence", shop: name);

        await page.GetByText("Silences by reason: numbers").ClickAsync();

        var rows = page.GetByRole(AriaRole.Region, new() { Name = "Silences by reason: numbers" }).GetByRole(AriaRole.Row);
        await Expect(rows).ToHaveCountAsync(15);
        await Expect(rows.First).ToContainTextAsync("fatiguenothing to offer");
        await Expect(rows.Nth(14)).ToHaveTextAsync($"{now:yyyy-MM-dd}21");
        await Expect(rows.Nth(11)).ToHaveTextAsync($"{now.AddDays(-3):yyyy-MM-dd}10");
        Assert.True(await page.IsPaintedAsync("canvas"));
        await Chromium.PictureAsync(page, "silences", "dashboard");
    }

    private async Task<JsonArray> LedgerAsync(string customer) =>
        (await shop.GetAsync($"/api/offers/ledger?shop={SampleShopHost.Shop}&customer={customer}&page_size=50"))["items"]!.AsArray();
}
