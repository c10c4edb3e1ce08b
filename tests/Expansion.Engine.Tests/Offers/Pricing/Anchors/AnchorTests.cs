using System.Globalization;
using Expansion.Engine.Offers.Pricing;
using Expansion.Engine.Offers.Pricing.Anchors;
using Expansion.Engine.Offers.Pricing.Honesty;
using Expansion.Engine.Offers.Pricing.Presentation;

namespace Expansion.Engine.Tests.Offers.Pricing.Anchors;

/// <summary>The method's own three examples, and every reason for saying none of them.</summary>
public sealed class AnchorTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly PricingSettings Settings = new();

    private static readonly AnchorFacts UnlimitedUsers = new("Pro", Usd(50)) { Gain = "unlimited users", Spend = new(Usd(200), Now.AddDays(-3)) };

    private static readonly AnchorFacts AnalyticsAddOn = new("Analytics", Usd(45))
    {
        Alternative = new("A standalone analytics tool", Usd(150), "example.com/pricing", new(2026, 2, 1)),
    };

    // 25 hours at $24 are $600 a month, $20 a day: $140 are seven days of it.
    private static readonly AnchorFacts OrderAutomation = new("the automation", Usd(140)) { Work = new("orders", 500, 3, Usd(24), Now.AddDays(-1)) };

    [Fact]
    public void Sentence_OfCurrentSpend_IsTheMethods() =>
        Assert.Equal("You already invest $200 a month; for $50 more you get unlimited users.", Sentence(UnlimitedUsers));

    [Fact]
    public void Sentence_OfAnAlternative_IsTheMethods() =>
        Assert.Equal("A standalone analytics tool is $150 a month; as an add-on it is $45.", Sentence(AnalyticsAddOn));

    [Fact]
    public void Sentence_OfTheCostOfNotUpgrading_IsTheMethods() =>
        Assert.Equal("500 orders by hand last month at 3 minutes each are 25 hours; the automation pays for itself in a week.", Sentence(OrderAutomation));

    [Theory]
    [InlineData("de", "Sie investieren bereits 200 $ im Monat; für 50 $ mehr erhalten Sie unlimited users.")]
    [InlineData("es", "Ya invierte 200 $ al mes; por 50 $ más obtiene unlimited users.")]
    [InlineData("ar", "أنت تستثمر بالفعل \u2068٢٠٠ $\u2069 شهريًا؛ مقابل \u2068٥٠ $\u2069 إضافية تحصل على \u2068unlimited users\u2069.")]
    public void Sentence_InAnotherLanguage_HasItsWordsAndNumbers(string locale, string sentence) =>
        Assert.Equal(sentence, Sentence(UnlimitedUsers, locale).Replace('\u00A0', ' '));

    [Theory]
    [InlineData(141, "8 days")]
    [InlineData(20, "a day")]
    [InlineData(60, "3 days")]
    [InlineData(280, "2 weeks")]
    [InlineData(281, "3 weeks")]
    [InlineData(1240, "3 months")]
    public void Sentence_Payback_IsNeverShorterThanItIs(int price, string payback) =>
        Assert.EndsWith($"pays for itself in {payback}.", Sentence(OrderAutomation with { Price = Usd(price) }), StringComparison.Ordinal);

    public static TheoryData<AnchorFacts, AnchorKind, string> Refused => new()
    {
        { UnlimitedUsers with { Spend = null }, AnchorKind.CurrentSpend, "what the customer spends isn't known" },
        { UnlimitedUsers with { Spend = new(Usd(200), Now.AddDays(-36)) }, AnchorKind.CurrentSpend, "what the customer spends is known for 2026-01-24 only, 35 days are allowed" },
        { UnlimitedUsers with { Spend = new(Usd(200), Now.AddDays(1)) }, AnchorKind.CurrentSpend, "what the customer spends is dated 2026-03-02, in the future" },
        { UnlimitedUsers with { Spend = new(new(200, "EUR"), Now) }, AnchorKind.CurrentSpend, "the customer spends EUR, the price is in USD" },
        { UnlimitedUsers with { Spend = new(Usd(0), Now) }, AnchorKind.CurrentSpend, "the customer spends nothing yet" },
        { UnlimitedUsers with { Price = Usd(200) }, AnchorKind.CurrentSpend, "it costs as much again as the customer spends: beside it the price would look large" },
        { UnlimitedUsers with { Price = Usd(0) }, AnchorKind.CurrentSpend, "it costs nothing more" },
        { UnlimitedUsers with { Gain = null }, AnchorKind.CurrentSpend, "what the customer would gain isn't named" },
        { AnalyticsAddOn with { Alternative = null }, AnchorKind.Alternative, "no alternative's price is known" },
        { AnalyticsAddOn with { Alternative = AnalyticsAddOn.Alternative! with { Source = " " } }, AnchorKind.Alternative, "A standalone analytics tool: nobody says where its price was seen" },
        { AnalyticsAddOn with { Alternative = AnalyticsAddOn.Alternative with { ObservedOn = new(2025, 9, 1) } }, AnchorKind.Alternative, "A standalone analytics tool: its price is 181 days old, 180 are allowed" },
        { AnalyticsAddOn with { Alternative = AnalyticsAddOn.Alternative with { ObservedOn = new(2026, 3, 3) } }, AnchorKind.Alternative, "A standalone analytics tool: its price was seen in the future, on 2026-03-03" },
        { AnalyticsAddOn with { Price = Usd(150) }, AnchorKind.Alternative, "A standalone analytics tool costs no more" },
        { AnalyticsAddOn with { Price = new(45, "EUR") }, AnchorKind.Alternative, "A standalone analytics tool is priced in USD, the offer in EUR" },
        { OrderAutomation with { Work = null }, AnchorKind.CostOfNotUpgrading, "no work by hand was counted" },
        { OrderAutomation with { Work = OrderAutomation.Work! with { HourlyCost = null } }, AnchorKind.CostOfNotUpgrading, "what an hour costs isn't known, so no payback can be computed" },
        { OrderAutomation with { Work = OrderAutomation.Work with { Count = 0 } }, AnchorKind.CostOfNotUpgrading, "there was no work by hand" },
        { OrderAutomation with { Work = OrderAutomation.Work with { CountedAt = Now.AddDays(-46) } }, AnchorKind.CostOfNotUpgrading, "the work was counted on 2026-01-14, 45 days are allowed" },
        { OrderAutomation with { Work = OrderAutomation.Work with { CountedAt = Now.AddDays(1) } }, AnchorKind.CostOfNotUpgrading, "the work was counted on 2026-03-02, in the future" },
        { OrderAutomation with { Price = Usd(7301) }, AnchorKind.CostOfNotUpgrading, "it would pay for itself in 366 days only, 365 are worth telling" },
        { OrderAutomation with { Price = new(140, "EUR") }, AnchorKind.CostOfNotUpgrading, "an hour is priced in USD, the offer in EUR" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void Rank_NumbersMissingStaleOrUnfit_SaysWhyNot(AnchorFacts facts, AnchorKind kind, string reason)
    {
        var decision = AnchorChooser.Rank(facts, [], Settings, Now).Single(decision => decision.Kind == kind);

        Assert.False(decision.IsUsable);
        Assert.Equal(reason, decision.Reason);
    }

    [Fact]
    public void Rank_OfAlternative_NamesSourceAndDate() =>
        Assert.Equal("150 USD, seen on 2026-02-01: example.com/pricing", AnchorChooser.Rank(AnalyticsAddOn, [], Settings, Now)[0].Reason);

    [Fact]
    public void Rank_BothUsable_PutsFirstWhatProvedToConvert()
    {
        var both = UnlimitedUsers with { Alternative = AnalyticsAddOn.Alternative };

        Assert.Equal(AnchorKind.CurrentSpend, AnchorChooser.Rank(both, [], Settings, Now)[0].Kind);
        Assert.Equal(AnchorKind.Alternative, AnchorChooser.Rank(both, [new(AnchorKind.Alternative, 1000, 80), new(AnchorKind.CurrentSpend, 1000, 40)], Settings, Now)[0].Kind);

        // One of one is no proof against 80 of 100.
        Assert.Equal(AnchorKind.Alternative, AnchorChooser.Rank(both, [new(AnchorKind.Alternative, 100, 80), new(AnchorKind.CurrentSpend, 1, 1)], Settings, Now)[0].Kind);
    }

    /// <summary>Wilson's interval of 10 in 100 is (0.0552, 0.1744), of 0 in 10 (0, 0.2775).</summary>
    [Theory]
    [InlineData(100, 10, 0.0552)]
    [InlineData(10, 0, 0)]
    [InlineData(0, 0, 0)]
    public void LowerBound_OfARate_IsWilsons(long shown, long converted, double expected) =>
        Assert.Equal(expected, new AnchorRecord(AnchorKind.Alternative, shown, converted).LowerBound, 4);

    private static string Sentence(AnchorFacts facts, string locale = "en")
    {
        var template = new PresentationTemplate(locale, OfferKind.AddOn, CopyStyle.Feature, "{{ anchor }}", "x", "x", "x");
        var presenter = new OfferPresenter(new([template]), Settings);
        var decision = presenter.Present(
            new(OfferKind.AddOn, new("p"), facts.Product, facts.Price) { Anchor = facts }, CultureInfo.GetCultureInfo(locale), CopyStyle.Feature, new HonestyFacts(), [], Now);
        return Assert.IsType<OfferPresentation>(decision.Presentation).Headline;
    }

    private static Money Usd(decimal amount) => new(amount, "USD");
}
