using System.Collections.Concurrent;
using System.Globalization;
using Expansion.Browser.Tests.Storefront;
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
}
