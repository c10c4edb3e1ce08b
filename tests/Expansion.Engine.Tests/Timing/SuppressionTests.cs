using Expansion.Engine.Offers;
using Expansion.Engine.Recommendations;
using Expansion.Engine.Timing;
using Expansion.Engine.Timing.Customers;
using Expansion.Engine.Timing.Signals;
using static Expansion.Engine.Tests.Timing.Given;

namespace Expansion.Engine.Tests.Timing;

/// <summary>The three nevers against <see cref="NeverSpecification"/>; as in <see cref="TriggerTests"/>, repeats and order change nothing. And the manners.</summary>
public sealed class SuppressionTests
{
    public static TheoryData<string, Aspect, string, bool> Cases => Line.Cases(NeverSpecification.Lines);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Check_Story_ForbidsAsSpecified(string suppression, Aspect aspect, string what, bool expected)
    {
        var story = NeverSpecification.Lines.Single(line => line.Name == suppression && line.What == what).Story;

        var found = Check(suppression, Context(Touchpoint.CartPage, story));

        Assert.True(expected == found is not null, $"{aspect}: {found?.Reason ?? "Nothing was said against an offer."}");
        Assert.Equal(found, Check(suppression, Context(Touchpoint.CartPage, [.. story, .. story])));
        Assert.Equal(found, Check(suppression, Context(Touchpoint.CartPage, [.. story.Reverse()])));
    }

    [Theory]
    [InlineData(TimingSuppressions.SupportCrisis)]
    [InlineData(TimingSuppressions.PriceIncrease)]
    [InlineData(TimingSuppressions.AtRisk)]
    public void Nevers_AreSpecifiedInEveryAspect(string never) => Assert.Empty(Line.Missing(NeverSpecification.Lines, never));

    [Fact]
    public void Check_AnyTwoAtOnce_AreBothSaid()
    {
        var plain = NeverSpecification.Lines.Where(line => line.Aspect == Aspect.Plain).ToList();
        foreach (var (one, other) in plain.SelectMany(one => plain.Where(other => other != one), (one, other) => (one, other)))
        {
            Assert.True(Check(one.Name, Context(Touchpoint.CartPage, [.. one.Story, .. other.Story])) is not null, $"{one.Name} with {other.Name}");
        }
    }

    [Theory]
    [InlineData("Basic", true)]
    [InlineData("beans", true)]
    [InlineData("mug", false)]
    public void Check_PriceThatWentUpForEverybody_ForbidsToWhoHasIt(string item, bool expected)
    {
        var context = Context(Touchpoint.CartPage, new SubscriptionStarted(Basic) { Id = "", Customer = Ann, At = Now }.Ago(100), Order("o", "beans").Ago(50)) with
        {
            Shop = ShopFacts.None with { PriceRises = PriceRise.Add([], NeverSpecification.Price(item, 10, 12, 20), ShopFacts.MaxPriceRises) },
        };

        Assert.Equal(expected ? Now.AddDays(10) : null, Check("price_increase", context)?.Until);
    }

    [Theory]
    [InlineData("2026-03-10T07:59:59Z", "2026-03-10T08:00:00Z")]
    [InlineData("2026-03-10T08:00:00Z", null)]
    [InlineData("2026-03-10T16:59:59Z", null)]
    [InlineData("2026-03-10T17:00:00Z", "2026-03-11T08:00:00Z")]
    [InlineData("2026-03-28T20:00:00Z", "2026-03-29T07:00:00Z")]
    public void Check_SendingHours_AreTheShops(string now, string? until)
    {
        var context = Context(Touchpoint.PostPurchaseEmail) with { Zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"), Now = DateTimeOffset.Parse(now, null) };

        Assert.Equal(until is null ? null : DateTimeOffset.Parse(until, null), Check("sending_hours", context)?.Until);
    }

    [Fact]
    public void Check_NothingIsSent_HasNoSendingHours()
    {
        Assert.Null(Check("sending_hours", Context(Touchpoint.CartPage) with { Now = Now.Date.AddHours(3) }));
    }

    [Fact]
    public void Check_CapsByTheShopsDays_EndWhenTheOldestIsOldEnough()
    {
        var context = Context(Touchpoint.CartPage);
        OfferFacts made = new();
        foreach (var (id, days) in new[] { ("1", 6), ("2", 3), ("3", 1) })
        {
            made = made.With(Made(id, Now.AddDays(-days)));
        }

        context = context with { Customer = context.Customer with { Offers = made } };

        // Three this week: the first, of Wednesday, counts until the Wednesday after.
        Assert.Equal(new DateTimeOffset(2026, 3, 11, 0, 0, 0, TimeSpan.Zero), Check("frequency_cap", context)?.Until);
        Assert.Null(Check("frequency_cap", context with { Now = Now.AddDays(1) }));
    }

    [Fact]
    public void Check_SameInteractionOrSession_IsSpokenToOnce()
    {
        var context = Context(Touchpoint.CartPage) with { Session = "session 1" };
        context = context with { Customer = context.Customer with { Offers = new OfferFacts().With(Made("1", Now.AddDays(-2)) with { Interaction = "page 1", Session = "session 1" }) } };

        Assert.NotNull(Check("interaction", context));
        Assert.NotNull(Check("interaction", context with { Interaction = "page 2" }));
        Assert.Null(Check("interaction", context with { Interaction = "page 2", Session = "session 2" }));
    }

    [Fact]
    public void Check_ThrottledTouchpoint_LetsItsShareThrough_AnotherEveryDay()
    {
        var throttle = new Throttle(Throttle.KeyOf(Touchpoint.CartPage), 0.25, "Too many complaints.");
        var context = Context(Touchpoint.CartPage) with { Shop = ShopFacts.None with { Throttles = ShopFacts.None.Throttles.Add(throttle.Key, throttle) } };

        var through = Enumerable.Range(0, 1000).Count(day => Check("throttle", context with { Now = Now.AddDays(day) }) is null);

        Assert.InRange(through, 200, 300);
    }

    private static Suppression? Check(string suppression, TimingContext context) => TimingSuppressions.All.Single(known => known.Name == suppression).Check(context);

    private static MadeOffer Made(string id, DateTimeOffset at) =>
        new(id, at, OfferKind.CrossSell, "filters", "filters", Touchpoint.CartPage, new(ValueProposition.Convenience, PricingFrame.Plain, "cart_page"), id);
}
