using Expansion.Engine.Offers;
using Expansion.Engine.Recommendations;
using Expansion.Engine.Timing;
using Expansion.Engine.Timing.Customers;
using Expansion.Engine.Timing.Rules;
using Expansion.Engine.Timing.Signals;
using static Expansion.Engine.Tests.Timing.Given;

namespace Expansion.Engine.Tests.Offers;

public sealed class OfferDeciderTests
{
    private static readonly Signal[] AtTheCart = [Order("o1", "beans").Ago(40), Order("o2", "beans").Ago(20), Cart(0.01)];

    [Fact]
    public void Decide_AtTheCart_OffersWhatGoesWithIt()
    {
        var decision = Decide(Context(Touchpoint.CartPage, AtTheCart), Filters);

        Assert.Equal(("filters", OfferKind.CrossSell), (decision.Offer?.Target, decision.Offer?.Kind));
        Assert.Equal("The cart holds 1 product worth 20 USD.", decision.Reason);
        Assert.Contains("On 2026-03-10 12:00 UTC, filters was offered to ann at CartPage: The cart holds 1 product worth 20 USD.", decision.InWords());
    }

    [Fact]
    public void Decide_NoOccasion_IsSilentAndSaysSo()
    {
        var decision = Decide(Context(Touchpoint.CartPage, Order("o1", "beans").Ago(40)), Filters);

        Assert.Null(decision.Offer);
        Assert.StartsWith("There is no occasion", decision.Reason, StringComparison.Ordinal);
        Assert.Equal(10, decision.Triggers.Count);
    }

    [Fact]
    public void Decide_Suppressed_IsSilentWithTheReason()
    {
        var decision = Decide(Context(Touchpoint.CartPage, [.. AtTheCart, new TicketOpened("t", TicketSeverity.Critical) { Id = "t", Customer = Ann, At = Now.AddHours(-1) }]), Filters);

        Assert.Null(decision.Offer);
        Assert.Equal("A ticket of severity High or worse is open.", decision.Reason);
        Assert.Equal("support_crisis", Assert.Single(decision.Suppressions).Name);
    }

    [Theory]
    [InlineData("beans", "The customer has it.")]
    [InlineData("mug", "It is in the cart.")]
    public void Decide_CandidateThatIsThere_IsRefused(string target, string reason)
    {
        var decision = Decide(Context(Touchpoint.CartPage, AtTheCart), Filters with { Target = target });

        Assert.Null(decision.Offer);
        Assert.Equal(reason, Assert.Single(decision.Candidates).Refusal);
    }

    [Fact]
    public void Decide_UpsellThatAddsNothing_IsRefusedAsPriceGouging()
    {
        var context = Deep();
        var decision = Decide(context with { Plans = new([Plans[0] with { Annual = null }, Plans[1] with { Features = Plans[0].Features, Limits = Plans[0].Limits }]) });

        Assert.Null(decision.Offer);
        Assert.Equal("It asks more and adds nothing to what the customer has: price gouging.", decision.Candidates.Single(candidate => candidate.Target == "Pro").Refusal);
    }

    [Fact]
    public void Decide_AtTheLimitOfThePlan_UpsellsAndNamesWhatItAdds()
    {
        var decision = Decide(Deep(), Filters);

        Assert.Equal(("Pro", OfferKind.Upsell), (decision.Offer?.Target, decision.Offer?.Kind));
        Assert.Equal(["e", "1,000 calls instead of 100"], decision.Offer!.Gains);
    }

    [Fact]
    public void Decide_EarlyAdoption_CrossSellsFirst()
    {
        var start = new SubscriptionStarted(Basic) { Id = "s", Customer = Ann, At = Now.AddDays(-20) };
        var review = new ReviewPosted(5) { Id = "r", Customer = Ann, At = Now.AddDays(-1) };

        var decision = Decide(Context(Touchpoint.InApp, start, review), Filters);

        Assert.Equal("filters", decision.Offer?.Target);
        Assert.StartsWith("Adoption is early", decision.Candidates.Single(candidate => candidate.Target == "Pro").Refusal, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(74.9, false)]
    [InlineData(75, true)]
    public void Decide_Rejected_IsSilentFor75Days_ThenComesFromAnotherSide(double days, bool expected)
    {
        var first = Decide(Context(Touchpoint.CartPage, AtTheCart), Filters);
        var rejected = Customer(AtTheCart) with { Offers = new OfferFacts().With(first.Made!) };
        rejected = rejected.With(new OfferDismissed("not now") { Id = "no", Customer = Ann, At = Now, Offer = first.Id }, TimeZoneInfo.Utc);
        var later = Now.AddDays(days);
        rejected = rejected.With(Cart(0) with { Id = "cart", At = later }, TimeZoneInfo.Utc);

        var decision = Decide(Context(Touchpoint.CartPage) with { Customer = rejected, Now = later, Interaction = "page 2" }, Filters);

        Assert.Equal(expected, decision.Offer is not null);
        if (expected)
        {
            Assert.NotEqual(first.Offer!.Angle.Value, decision.Offer!.Angle.Value);
        }
        else
        {
            Assert.StartsWith("It was rejected on 2026-03-10: silent for 75 days.", Assert.Single(decision.Candidates).Refusal, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Decide_AfterARejection_TakesTheSideThatWorkedForOthers()
    {
        var no = new Rejection("1", "filters", "filters", new(ValueProposition.Convenience, PricingFrame.Plain, "cart_page"), Touchpoint.CartPage, Now.AddDays(-100), false);
        var context = Context(Touchpoint.CartPage, AtTheCart);
        context = context with
        {
            Customer = context.Customer with { Offers = new() { Rejections = [no] } },
            Shop = ShopFacts.None with { Angles = [new(ValueProposition.Convenience, PricingFrame.Plain, ValueProposition.Convenience, PricingFrame.PerDay, 200, 60)] },
        };

        Assert.Equal(new Angle(ValueProposition.Convenience, PricingFrame.PerDay, "cart_page"), Decide(context, Filters).Offer?.Angle);
    }

    [Fact]
    public void Decide_TheSameMoment_GivesTheSameId()
    {
        Assert.Equal(Decide(Context(Touchpoint.CartPage, AtTheCart), Filters).Id, Decide(Context(Touchpoint.CartPage, AtTheCart), Filters).Id);
    }

    [Fact]
    public void With_DecisionTakenIn_ASecondOneInTheInteractionIsSuppressed()
    {
        var context = Context(Touchpoint.CartPage, AtTheCart);
        var record = new CustomerRecord(context.Customer).With(Decide(context, Filters));

        Assert.Contains(TimingEvaluator.Read(context with { Customer = record.State }, RuleSet.None).Suppressions, suppression => suppression.Name == "interaction");
    }

    [Fact]
    public void With_TheSameSilenceTwice_IsOnRecordOnce()
    {
        var decision = Decide(Context(Touchpoint.CartPage, [.. AtTheCart, new OfferOptedOut { Id = "x", Customer = Ann, At = Now }]), Filters);
        var record = new CustomerRecord(Customer()).With(decision);

        Assert.Same(record, record.With(decision with { Id = "another" }));
    }

    private static Decision Decide(TimingContext context, params Candidate[] candidates) =>
        OfferDecider.Decide(context, TimingEvaluator.Read(context, RuleSet.None), candidates, DecisionSources.None);

    private static TimingContext Deep() => Context(
        Touchpoint.InApp,
        new SubscriptionStarted(Basic) { Id = "s", Customer = Ann, At = Now.AddDays(-20) },
        new UsageRecorded("calls", 5, 95, 100) { Id = "u", Customer = Ann, At = Now.AddHours(-1) });

    private static CartChanged Cart(double ago) => new CartChanged(new(20, "USD"), [new("mug")]) { Id = "", Customer = Ann, At = Now }.Ago(ago);
}
