using System.Globalization;
using Expansion.Engine.Offers.Pricing;
using Expansion.Engine.Offers.Pricing.Honesty;
using Expansion.Engine.Offers.Pricing.Incentives;
using Expansion.Engine.Offers.Pricing.Presentation;

namespace Expansion.Engine.Tests.Offers.Pricing.Presentation;

public sealed class OfferPresenterTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly Sku Tea = new("tea"), Pot = new("pot");

    private static readonly OfferDraft Bundle = new(OfferKind.Bundle, new("tea-for-two"), "Tea for two", Eur(1020.30m))
    {
        Reference = new(ReferenceKind.SumOfParts, Eur(1200.50m)) { Parts = [new(Tea, Eur(1000.50m)), new(Pot, Eur(200))] },
        Items = [new(Tea, "Tea", Eur(1000.50m)), new(Pot, "Pot", Eur(200))],
        Cost = Eur(600),
    };

    private static readonly OfferDraft Upgrade = new(OfferKind.Upgrade, new("pro"), "Pro", Usd(149)) { Gain = "unlimited users" };

    private static readonly HonestyFacts Charged = new()
    {
        Prices = new Dictionary<Sku, IReadOnlyList<PriceChange>> { [Tea] = [new(Now.AddDays(-90), Eur(1000.50m))], [Pot] = [new(Now.AddDays(-90), Eur(200))] },
    };

    [Fact]
    public void Present_BundleInEnglish_ShowsEveryPriceAndTheSaving()
    {
        var shown = Shown(Bundle, "en", CopyStyle.Benefit);

        Assert.Equal("Save €180.20 together", shown.Headline);
        Assert.Equal("Tea (€1,000.50) and Pot (€200): they go together, and together they are €1,020.30.", shown.Body);
        Assert.Equal("€1,020.30 together instead of €1,200.50 one by one: you save €180.20 (15%).", shown.Terms);
        Assert.Equal(("€1,020.30", "€1,200.50", "€180.20"), (shown.Price, shown.ReferencePrice, shown.Saving));
        Assert.Equal("Save €180.20 together\n\nTea (€1,000.50) and Pot (€200): they go together, and together they are €1,020.30.\n\n€1,020.30 together instead of €1,200.50 one by one: you save €180.20 (15%).\nTake them all", shown.ToText());
    }

    [Theory]
    [InlineData("de", "Zusammen 1.020,30 € statt einzeln 1.200,50 €: Sie sparen 180,20 € (15 %).")]
    [InlineData("de-CH", "Zusammen € 1’020.30 statt einzeln € 1’200.50: Sie sparen € 180.20 (15%).")]
    [InlineData("es", "1.020,30 € en conjunto en lugar de 1.200,50 € por separado: ahorra 180,20 € (15 %).")]
    [InlineData("ar", "١٬٠٢٠٫٣٠ € معًا بدلًا من ١٬٢٠٠٫٥٠ € منفردة: توفر ١٨٠٫٢٠ € (١٥٪).")]
    public void Present_Bundle_IsWrittenAsTheReaderWouldWriteIt(string locale, string terms)
    {
        var shown = Shown(Bundle, locale, CopyStyle.Feature);

        Assert.Equal(terms, Plain(shown.Terms));
        Assert.Equal(locale, shown.Locale);
        Assert.Equal(locale == "ar", shown.RightToLeft);
    }

    [Fact]
    public void ToHtml_InArabic_IsRightToLeftAndKeepsEachFactApart()
    {
        var html = Shown(Bundle, "ar", CopyStyle.Feature).ToHtml();

        Assert.Contains("<section class=\"expansion-offer\" lang=\"ar\" dir=\"rtl\">", html, StringComparison.Ordinal);
        Assert.Contains("<h3>\u2068Tea for two\u2069</h3>", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Present_LanguageWithoutTemplates_IsEnglishThroughout()
    {
        var shown = Shown(Bundle, "fr-FR", CopyStyle.Benefit);

        Assert.Equal(("en", "Save €180.20 together"), (shown.Locale, shown.Headline));
    }

    [Fact]
    public void Present_LanguageOfTheShopsOwn_IsTaken()
    {
        var template = new PresentationTemplate("fr", OfferKind.Bundle, CopyStyle.Benefit, "Économisez {{ saving }}", "{{ items }}", "{{ price }}", "Oui");

        Assert.Equal("Économisez 180,20 €", Plain(Shown(Bundle, "fr-FR", CopyStyle.Benefit, new([template])).Headline));
    }

    [Theory]
    [InlineData("JPY", "¥1,235", "1.235 ¥")]
    [InlineData("KWD", "KWD 1,234.500", "1.234,500 KWD")]
    [InlineData("USD", "$1,234.50", "1.234,50 $")]
    public void Present_Price_HasTheDecimalsOfItsCurrency(string currency, string english, string german)
    {
        var draft = Upgrade with { Price = new(1234.5m, currency) };

        Assert.Equal(english, Plain(Shown(draft, "en", CopyStyle.Feature).Price));
        Assert.Equal(german, Plain(Shown(draft, "de", CopyStyle.Feature).Price));
    }

    [Fact]
    public void ToHtml_HostileWords_AreEscapedAndCantTurnTheText()
    {
        var shown = Shown(Upgrade with { Product = "<script>alert('x')</script>\r\nBcc: all\u202E", Gain = "a & \"b\"" }, "en", CopyStyle.Feature);

        Assert.DoesNotContain("<script", shown.ToHtml(), StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;alert(&#x27;x&#x27;)&lt;/script&gt;  Bcc: all: a &amp; &quot;b&quot;", shown.ToHtml(), StringComparison.Ordinal);
        Assert.Equal("<script>alert('x')</script>  Bcc: all: a & \"b\"", shown.Headline);
    }

    [Fact]
    public void ToHtml_TemplateOfTheShopWithMarkup_IsEscapedToo()
    {
        var template = new PresentationTemplate("en", OfferKind.Upgrade, CopyStyle.Feature, "<b onclick=x>{{ gain }}</b>", "b", "t", "c");

        Assert.Contains("<h3>&lt;b onclick=x&gt;unlimited users&lt;/b&gt;</h3>", Shown(Upgrade, "en", CopyStyle.Feature, new([template])).ToHtml(), StringComparison.Ordinal);
    }

    [Fact]
    public void Present_SocialProofWithoutBuyers_FallsBackAndSaysWhy()
    {
        var decision = Present(Upgrade, "en", CopyStyle.SocialProof);

        Assert.Equal(CopyStyle.Benefit, decision.Presentation?.Style);
        Assert.Equal("The en template Upgrade SocialProof needs what isn't known: buyers_percent.", Assert.Single(decision.Notes));
        Assert.Equal(CopyStyle.Benefit, Present(Upgrade with { Buyers = new(9, 29) }, "en", CopyStyle.SocialProof).Presentation?.Style);
        Assert.Equal("66% of customers like you chose Pro", Shown(Upgrade with { Buyers = new(20, 30) }, "en", CopyStyle.SocialProof).Headline);
    }

    [Fact]
    public void Present_NoTemplateCanDo_IsRefusedWithWhatIsMissing()
    {
        var decision = Present(Upgrade with { Gain = null }, "en", CopyStyle.Benefit);

        Assert.Null(decision.Presentation);
        Assert.Equal("template", Assert.Single(decision.Refusals).Rule);
        Assert.Contains("needs what isn't known: gain", decision.Refusals[0].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Present_DiscountOnAPriceNeverCharged_IsRefused()
    {
        var draft = Upgrade with { Incentive = new Incentive.Percentage(0.1m) };

        Assert.Equal("pro: no price before 2026-03-01 is known", Assert.Single(Present(draft, "en", CopyStyle.Feature).Refusals).Reason);
    }

    [Fact]
    public void Present_DiscountOnAPriceCharged_IsTheNewPriceAndACost()
    {
        var draft = Upgrade with { Incentive = new Incentive.Percentage(0.1m), Cost = Usd(30) };
        var facts = new HonestyFacts { Prices = new Dictionary<Sku, IReadOnlyList<PriceChange>> { [new("pro")] = [new(Now.AddDays(-60), Usd(149))] } };

        var decision = Present(draft, "en", CopyStyle.Feature, facts: facts);

        Assert.Equal("$134.10 a month instead of $149.", decision.Presentation?.Terms);
        Assert.Equal((Usd(14.9m), Usd(104.1m)), (decision.Economics.IncentiveCost, decision.Economics.Margin));
    }

    [Fact]
    public void Present_Trial_IsToldAndACost()
    {
        var decision = Present(Upgrade with { Incentive = new Incentive.Trial("analytics", 14, Usd(6)), Cost = Usd(30) }, "en", CopyStyle.Feature);

        Assert.Equal("$149 a month. 14 days for free.", decision.Presentation?.Terms);
        Assert.Equal(Usd(116.2m), decision.Economics.Margin);
    }

    [Fact]
    public void Present_FalseIncentiveOrScarcity_IsRefused()
    {
        Assert.Equal("the discount is the whole price", Assert.Single(Present(Upgrade with { Incentive = new Incentive.Fixed(Usd(149)) }, "en", CopyStyle.Feature).Refusals).Reason);
        Assert.Equal("scarcity", Assert.Single(Present(Upgrade with { Scarcity = new() { Left = 2 } }, "en", CopyStyle.Feature).Refusals).Rule);
    }

    [Fact]
    public void Present_CartBelowTheThreshold_TellsTheGap()
    {
        var draft = new OfferDraft(OfferKind.CartThreshold, new("mug"), "Mug", Usd(21)) { Cart = Usd(85), Threshold = Usd(100) };

        Assert.Equal("Only $15 to $100", Shown(draft, "en", CopyStyle.Benefit).Headline);
    }

    [Theory]
    [InlineData("en", "$149 a month. Until Sunday, March 15, 2026.")]
    [InlineData("de", "149 $ im Monat. Bis Sonntag, 15. März 2026.")]
    [InlineData("es", "149 $ al mes. Hasta el domingo, 15 de marzo de 2026.")]
    [InlineData("ar", "١٤٩ $ شهريًا. حتى الأحد، ١٥ مارس ٢٠٢٦.")]
    public void Present_WithARealEnd_WritesTheDayAsTheReaderWould(string locale, string terms)
    {
        var end = new DateTimeOffset(2026, 3, 15, 23, 0, 0, TimeSpan.FromHours(1));

        Assert.Equal(terms, Plain(Present(Upgrade with { Scarcity = new() { EndsAt = end } }, locale, CopyStyle.Feature, facts: new() { EndsAt = end }).Presentation!.Terms));
    }

    [Fact]
    public void Present_EveryKindStyleAndLanguage_LeavesNothingOpen()
    {
        var full = Bundle with { Gain = "more", Buyers = new(60, 100), Cart = Eur(80), Threshold = Eur(100), Scarcity = new() { Left = 3 } };
        var facts = Charged with { Stock = new(3, Now) };
        foreach (var template in new TemplateLibrary([]).All)
        {
            var shown = Present(full with { Kind = template.Kind }, template.Language, template.Style, facts: facts).Presentation!;

            Assert.Equal((template.Kind, template.Style, template.Language), (shown.Kind, shown.Style, shown.Locale));
            Assert.DoesNotContain(new[] { shown.Headline, shown.Body, shown.Terms, shown.CallToAction }, text => text.Length == 0 || text.Contains('{', StringComparison.Ordinal) || text.Contains("  ", StringComparison.Ordinal));
        }
    }

    /// <summary>Without what only steers how text is laid out.</summary>
    private static string Plain(string text) => string.Concat(text.Where(c => c is not ('\u2068' or '\u2069' or '\u061C' or '\u200F'))).Replace('\u00A0', ' ').Replace('\u202F', ' ');

    private static OfferPresentation Shown(OfferDraft draft, string locale, CopyStyle style, TemplateLibrary? templates = null) =>
        Present(draft, locale, style, templates) is { Presentation: { } shown } ? shown : throw new InvalidOperationException("It was refused.");

    private static PresentationDecision Present(OfferDraft draft, string locale, CopyStyle style, TemplateLibrary? templates = null, HonestyFacts? facts = null) =>
        new OfferPresenter(templates ?? new([]), new PricingSettings()).Present(draft, CultureInfo.GetCultureInfo(locale), style, facts ?? Charged, [], Now);

    private static Money Usd(decimal amount) => new(amount, "USD");

    private static Money Eur(decimal amount) => new(amount, "EUR");
}
