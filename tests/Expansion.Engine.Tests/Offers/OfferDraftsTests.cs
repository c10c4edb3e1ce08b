using Expansion.Engine.Offers;
using Expansion.Engine.Offers.Pricing.Plans;
using Expansion.Engine.Recommendations;
using Expansion.Engine.Timing.Customers;
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

    [Theory]
    [InlineData(null, true, true)]
    [InlineData(PricingFrame.AgainstCurrentSpend, true, false)]
    [InlineData(PricingFrame.AgainstAlternatives, false, true)]
    [InlineData(PricingFrame.PerDay, false, false)]
    public void Of_Upsell_KnowsEveryNumberThereIs_AndAfterARejectionThoseOfTheFrameThatIsTriedNext(PricingFrame? afterRejection, bool own, bool others)
    {
        var context = Context(
            Touchpoint.InApp,
            new SubscriptionStarted(Basic) { Id = "s", Customer = Ann, At = Now.AddDays(-60) },
            new UsageRecorded("orders_by_hand", 300) { Id = "u1", Customer = Ann, At = Now.AddDays(-29) },
            new UsageRecorded("orders_by_hand", 200) { Id = "u2", Customer = Ann, At = Now.AddDays(-1) },
            new UsageRecorded("orders_by_hand", 900) { Id = "u3", Customer = Ann, At = Now.AddDays(-30) }) with
        {
            Plans = new([Plans[0], Plans[1] with { Spares = new("orders_by_hand", "orders", 3, new(24, "USD")) }]),
            Alternatives = [new("Old tool", new(120, "USD"), "example.com", new(2026, 1, 1)) { For = "Pro" }, new("Tool", new(150, "USD"), "example.com", new(2026, 2, 1)) { For = "Pro" }, new("Other", new(9, "USD"), "example.com", new(2026, 3, 1))],
        };
        var rejected = new Rejection("x", "Pro", "plans", Spend, Touchpoint.InApp, Now.AddDays(-80), false);
        context = afterRejection is null ? context : context with { Customer = context.Customer with { Offers = context.Customer.Offers with { Rejections = [rejected] } } };

        var anchor = OfferDrafts.Of(context, new(OfferKind.Upsell, "Pro", "Pro", new(79, "USD"), Spend with { Frame = afterRejection ?? Spend.Frame }, "o", "because", ["e"]))!.Anchor!;

        Assert.Equal((own ? 29 : null, own ? 500 : null, others ? "Tool" : null), ((int?)anchor.Spend?.PerMonth.Amount, (int?)anchor.Work?.Count, anchor.Alternative?.Name));
    }

    [Fact]
    public void Of_Product_IsPutBesideItsAlternative()
    {
        var context = Context(Touchpoint.CartPage) with { Alternatives = [new("A standalone tool", new(150, "USD"), "example.com", new(2026, 2, 1)) { For = "analytics" }] };

        var draft = OfferDrafts.Of(context, new(OfferKind.CrossSell, "analytics", "Analytics", new(45, "USD"), Spend, "o", "because", []));

        Assert.Equal((new Money(45, "USD"), "A standalone tool"), (draft!.Anchor!.Price, draft.Anchor.Alternative?.Name));
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
