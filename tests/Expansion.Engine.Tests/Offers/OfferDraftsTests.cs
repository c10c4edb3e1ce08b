using Expansion.Engine.Offers;
using Expansion.Engine.Offers.Pricing.Plans;
using Expansion.Engine.Recommendations;
using Expansion.Engine.Timing.Signals;
using static Expansion.Engine.Tests.Timing.Given;
using PresentedKind = Expansion.Engine.Offers.Pricing.Presentation.OfferKind;

namespace Expansion.Engine.Tests.Offers;

public sealed class OfferDraftsTests
{
    private static readonly Angle Spend = new(ValueProposition.Capability, PricingFrame.AgainstCurrentSpend, "plan_limit");

    [Fact]
    public void Of_Upsell_IsPutBesideWhatIsPaidNow()
    {
        var context = Context(
            Touchpoint.InApp, new SubscriptionStarted(Basic) { Id = "s", Customer = Ann, At = Now.AddDays(-60) }, new PaymentSucceeded { Id = "p", Customer = Ann, At = Now.AddDays(-2) });

        var draft = OfferDrafts.Of(context, new(OfferKind.Upsell, "Pro", "Pro", new(79, "USD"), Spend, "o", "because", ["e"]));

        Assert.Equal((PresentedKind.Upgrade, "e", new Money(50, "USD"), new Money(29, "USD"), Now.AddDays(-2)), (draft!.Kind, draft.Gain, draft.Anchor!.Price, draft.Anchor.Spend!.PerMonth, draft.Anchor.Spend.AsOf));
    }

    [Fact]
    public void Of_ProductThatBringsTheCartToATotal_SaysSo()
    {
        var offer = new ChosenOffer(OfferKind.CrossSell, "mug", "Mug", new(21, "USD"), Spend, "o", "because", []);

        Assert.Equal(PresentedKind.Companion, OfferDrafts.Of(Context(Touchpoint.CartPage), offer)!.Kind);
        Assert.Equal((PresentedKind.CartThreshold, new Money(100, "USD")), OfferDrafts.Of(Context(Touchpoint.CartPage), offer with { CartTotal = new(100, "USD") }) is { } draft ? (draft.Kind, draft.Threshold) : default);
    }

    [Fact]
    public void Of_WithoutAPrice_IsNotWorded()
    {
        Assert.Null(OfferDrafts.Of(Context(Touchpoint.CartPage), new(OfferKind.CrossSell, "mug", null, null, Spend, "o", "because", [])));
    }

    [Theory]
    [InlineData(100.0, 200.0, "200 calls instead of 100")]
    [InlineData(100.0, null, "unlimited calls instead of 100")]
    [InlineData(null, 200.0, null)]
    [InlineData(200.0, 200.0, null)]
    public void GainsOver_Limits_NamesWhatGrows(double? had, double? gets, string? gain)
    {
        var sold = new Plan("Basic", "Basic", new(29, "USD")) { Limits = new Dictionary<string, decimal?> { ["calls"] = (decimal?)had } };
        var higher = new Plan("Pro", "Pro", new(79, "USD")) { Limits = new Dictionary<string, decimal?> { ["calls"] = (decimal?)gets } };

        Assert.Equal(gain is null ? [] : [gain], higher.GainsOver(new("Basic"), sold));
    }

    [Fact]
    public void GainsOver_TermsOfTheCustomersOwn_CountBeforeThePlansAsSold()
    {
        var sold = new Plan("Basic", "Basic", new(29, "USD")) { Features = ["a"] };
        var higher = new Plan("Pro", "Pro", new(79, "USD")) { Features = ["a", "b"] };

        Assert.Equal(["b"], higher.GainsOver(new("Basic"), sold));
        Assert.Empty(higher.GainsOver(new("Basic", Features: ["a", "b"]), sold));
    }
}
