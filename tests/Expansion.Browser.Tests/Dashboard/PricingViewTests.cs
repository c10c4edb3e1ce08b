using System.Collections.Concurrent;
using System.Globalization;
using Expansion.Browser.Tests.Storefront;
using Expansion.Engine;
using Expansion.Engine.Offers.Bundles;
using Expansion.Engine.Offers.Pricing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Expansion.Browser.Tests.Dashboard;

/// <summary>How an offer looks, as text and in the storefront's own widget.</summary>
[Collection(SampleShopHost.Collection)]
[Trait("Category", "Azurite")]
public sealed class PricingViewTests(Chromium chromium, SampleShopHost shop)
{
    [Theory]
    [InlineData("en", "English", "en.default.json")]
    [InlineData("de", "Deutsch", "de.json")]
    [InlineData("es", "Español", "es.json")]
    [InlineData("ar", "العربية", "ar.json")]
    public async Task Preview_InEachLanguage_ShowsTextAndWidgetInIt(string locale, string language, string words)
    {
        var errors = new ConcurrentQueue<string>();
        var page = await chromium.OpenDashboardAsync(shop.Address, "pricing/preview", errors: errors);
        await page.GetByLabel("Language").SelectOptionAsync(new SelectOptionValue { Label = language });

        var preview = page.Locator($".preview[lang={locale}]");
        await Expect(preview).ToContainTextAsync("Pro");
        var direction = CultureInfo.GetCultureInfo(locale).TextInfo.IsRightToLeft ? "rtl" : "ltr";
        await Expect(preview).ToHaveAttributeAsync("dir", direction);
        var widget = page.FrameLocator("iframe[title='Storefront widget']");
        await Expect(widget.Locator("expansion-offer .title")).ToHaveTextAsync("Pro");
        await Expect(widget.Locator("expansion-offer .add")).ToHaveTextAsync(OfferBlock.Words(words)["add"]);
        await Expect(widget.Locator("html")).ToHaveAttributeAsync("dir", direction);
        await Chromium.PictureAsync(page, $"preview-{locale}", "dashboard");
        Assert.Empty(await page.SeriousAsync());
        Assert.Empty(errors);

        // It behaves as in a shop, and tells nobody.
        await widget.Locator("expansion-offer .add").ClickAsync();
        await Expect(widget.Locator("expansion-offer").GetByRole(AriaRole.Status)).ToHaveTextAsync(OfferBlock.Words(words)["added"]);
        Assert.Empty(errors);
    }

    [Fact]
    public async Task Preview_OfAnUpsellThatAddsNothing_SaysWhyItIsNotShown()
    {
        var page = await chromium.OpenDashboardAsync(shop.Address, "pricing/preview");

        await page.GetByLabel("Offer (JSON)").FillAsync("""{"offer":{"kind":"upgrade","sku":"pro","product":"Pro","price":{"amount":50,"currency":"USD"}}}""");
        await page.GetByRole(AriaRole.Button, new() { Name = "Show", Exact = true }).ClickAsync();

        await Expect(page.GetByText("not shown")).ToBeVisibleAsync();
        await Expect(page.Locator(".preview .reasons li").First).Not.ToBeEmptyAsync();
        await Expect(page.Locator("iframe")).ToHaveCountAsync(0);

        await page.GetByLabel("Offer (JSON)").FillAsync("{");
        await page.GetByRole(AriaRole.Button, new() { Name = "Show", Exact = true }).ClickAsync();
        await Expect(page.GetByText("JSON at position")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Ladder_WithADecoy_TellsItsEffectAndWhatAMarginIsMadeOf()
    {
        const string name = "ladder.expansion.example";
        await shop.SendAsync(HttpMethod.Put, $"/api/shops/{name}/settings", """{"currency":"USD"}""");
        await shop.SendAsync(HttpMethod.Put, $"/api/shops/{name}/plans", """
            {"plans":[
              {"id":"basic","name":"Basic","monthly":{"amount":29,"currency":"USD"},"features":["a"],"customers":80},
              {"id":"plus","name":"Plus","monthly":{"amount":85,"currency":"USD"},"features":["a","b"],"customers":2},
              {"id":"pro","name":"Pro","monthly":{"amount":79,"currency":"USD"},"monthly_cost":{"amount":19,"currency":"USD"},"features":["a","b","c"],"customers":18}],"target_id":"pro"}
            """);
        var page = await chromium.OpenDashboardAsync(shop.Address, "pricing", shop: name);

        await Expect(page.Locator(".reasons li").GetByText("beside Plus, Pro is easy to choose over Basic.")).ToBeVisibleAsync();
        await Expect(page.GetByText("asymmetric dominance", new() { Exact = true })).ToBeVisibleAsync();
        await Expect(page.GetByText("Suggestion:")).ToBeVisibleAsync();
        await Chromium.PictureAsync(page, "ladder", "dashboard");
        await page.GetByRole(AriaRole.Link, new() { Name = "$60.00" }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Dialog, new() { Name = "Margin of pro" }).Locator("tbody")).ToHaveTextAsync("Price79.00Cost-19.00Margin60.00");
    }

    [Fact]
    public async Task Bundle_OfTwoProducts_OpensToWhatItsMarginIsMadeOf()
    {
        const string name = "bundles.expansion.example";
        await shop.SendAsync(HttpMethod.Put, $"/api/shops/{name}/settings", """{"currency":"EUR"}""");
        static Money Euros(decimal amount) => new(amount, "EUR");
        var bundle = new Bundle("one", [new(new("beans"), "Beans", Euros(10), Euros(9)), new(new("grinder"), "Grinder", Euros(40), Euros(35))], Euros(50), Euros(44), Euros(22), true, 3, Euros(66));
        await shop.Host.Services.GetRequiredService<IPricingDocuments>().SaveAsync(
            ShopId.From(name), BundleSet.Document, new BundleSet("g", TimeProvider.System.GetUtcNow(), new([bundle], true, new Dictionary<string, long> { ["products out of stock"] = 3 })), null, TestContext.Current.CancellationToken);
        var page = await chromium.OpenDashboardAsync(shop.Address, "pricing/bundles", shop: name);

        await Expect(page.GetByText("Left out: 3 products out of stock.")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = "Beans + Grinder" })).ToContainTextAsync("€50.00 €44.00€6.00€22.003.0");
        await Chromium.PictureAsync(page, "bundles", "dashboard");
        await page.GetByRole(AriaRole.Link, new() { Name = "€22.00" }).ClickAsync();

        var dialog = page.GetByRole(AriaRole.Dialog, new() { Name = "Margin of Beans + Grinder" });
        await Expect(dialog.Locator("tbody")).ToHaveTextAsync("Beans, by itself10.00Grinder, by itself40.00Saving-6.00Price44.00Costs, partly by the assumed margin-22.00Margin22.00");
        await Expect(dialog).ToContainTextAsync("€66.00 a month");
    }
}
