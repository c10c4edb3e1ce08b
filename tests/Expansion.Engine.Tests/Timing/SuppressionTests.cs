using Expansion.Engine.Offers;
using Expansion.Engine.Recommendations;
using Expansion.Engine.Timing;
using Expansion.Engine.Timing.Customers;
using Expansion.Engine.Timing.Signals;
using static Expansion.Engine.Tests.Timing.Given;
using Story = System.Collections.Generic.IReadOnlyList<Expansion.Engine.Timing.Signals.Signal>;

namespace Expansion.Engine.Tests.Timing;

/// <summary>The specification of the three nevers and of opt-outs: what happened, and whether it forbids an offer on Tuesday noon. As in <see cref="TriggerTests"/>, repeats and order change nothing.</summary>
public sealed class SuppressionTests
{
    private const bool Forbids = true, Allows = false;

    private static readonly (string Suppression, string What, bool Expected, Story Story)[] Specification =
    [
        // Never during a support crisis.
        ("support_crisis", "a severe ticket is open", Forbids, [Ticket("t", 0.01, TicketSeverity.High)]),
        ("support_crisis", "an ordinary ticket is open", Allows, [Ticket("t", 0.01)]),
        ("support_crisis", "two ordinary tickets are open", Forbids, [Ticket("t", 0.01), Ticket("u", 0.02)]),
        ("support_crisis", "an ordinary ticket is open for 3 days to the second", Forbids, [Ticket("t", 3)]),
        ("support_crisis", "an ordinary ticket is open a little less", Allows, [Ticket("t", 2.999)]),
        ("support_crisis", "solved happily a minute ago", Allows, [Ticket("t", 3, TicketSeverity.Critical), Solved("t", 0.001, 5)]),
        ("support_crisis", "solved unhappily yesterday", Forbids, [Ticket("t", 3, TicketSeverity.Critical), Solved("t", 1, 2)]),
        ("support_crisis", "solved yesterday, nobody said how well", Forbids, [Ticket("t", 3), Solved("t", 1, null)]),
        ("support_crisis", "solved unhappily 2 days ago to the second", Allows, [Ticket("t", 3), Solved("t", 2, 2)]),
        ("support_crisis", "reopened a little less than 7 days ago, and solved happily", Forbids, [Ticket("t", 9), Solved("t", 8, 5), Reopened("t", 6.999), Solved("t", 5, 5)]),
        ("support_crisis", "reopened 7 days ago to the second, and solved happily", Allows, [Ticket("t", 9), Solved("t", 8, 5), Reopened("t", 7), Solved("t", 5, 5)]),
        ("support_crisis", "the resolution arrives without the ticket", Allows, [Solved("t", 1, 5)]),

        // Never right after a price increase of anything the customer has.
        ("price_increase", "the customer's price went up 30 days ago less a little", Forbids, [Price("Basic", 29, 35, 29.999)]),
        ("price_increase", "30 days ago to the second", Allows, [Price("Basic", 29, 35, 30)]),
        ("price_increase", "it went down", Allows, [Price("Basic", 35, 29, 1)]),
        ("price_increase", "it went up and down again", Forbids, [Price("Basic", 29, 35, 10), Price("Basic", 35, 29, 1)]),

        // Never to an at-risk customer.
        ("at_risk", "health of 40 to the point", Allows, [Health(40, 1)]),
        ("at_risk", "health just below 40", Forbids, [Health(39.9, 1)]),
        ("at_risk", "health falls by 3 points a week to the point", Allows, [Health(90, 22), Health(87, 15), Health(84, 8), Health(81, 1)]),
        ("at_risk", "health falls a little faster", Forbids, [Health(90, 22), Health(86.9, 15), Health(83.8, 8), Health(80.7, 1)]),
        ("at_risk", "one bad score among good ones", Allows, [Health(90, 29), Health(90, 22), Health(45, 15), Health(90, 8), Health(90, 1)]),
        ("at_risk", "the last payment failed", Forbids, [Signal(new PaymentSucceeded { Id = "", Customer = Ann, At = Now }, 30), Signal(new PaymentFailed { Id = "", Customer = Ann, At = Now }, 1)]),
        ("at_risk", "a payment failed, the next went through", Allows, [Signal(new PaymentFailed { Id = "", Customer = Ann, At = Now }, 3), Signal(new PaymentSucceeded { Id = "", Customer = Ann, At = Now }, 1)]),
        ("at_risk", "cancelled", Forbids, [Signal(new SubscriptionStarted(Basic) { Id = "", Customer = Ann, At = Now }, 30), Signal(new SubscriptionCancelled { Id = "", Customer = Ann, At = Now }, 1)]),
        ("at_risk", "cancelled and come back", Allows, [Signal(new SubscriptionCancelled { Id = "", Customer = Ann, At = Now }, 9), Signal(new SubscriptionStarted(Basic) { Id = "", Customer = Ann, At = Now }, 1)]),
        ("at_risk", "nothing is known", Allows, []),

        // An opt-out is final.
        ("opt_out", "of everything", Forbids, [Signal(new OfferOptedOut { Id = "", Customer = Ann, At = Now }, 900)]),
        ("opt_out", "of this channel", Forbids, [Signal(new OfferOptedOut(Channel.Web) { Id = "", Customer = Ann, At = Now }, 1)]),
        ("opt_out", "of another channel", Allows, [Signal(new OfferOptedOut(Channel.Email) { Id = "", Customer = Ann, At = Now }, 1)]),
    ];

    public static TheoryData<string, string, bool> Cases
    {
        get
        {
            var cases = new TheoryData<string, string, bool>();
            foreach (var (suppression, what, expected, _) in Specification)
            {
                cases.Add(suppression, what, expected);
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Check_Story_ForbidsAsSpecified(string suppression, string what, bool expected)
    {
        var story = Specification.Single(line => line.Suppression == suppression && line.What == what).Story;

        var found = Check(suppression, Context(Touchpoint.CartPage, story));

        Assert.True(expected == found is not null, found?.Reason ?? "Nothing was said against an offer.");
        Assert.Equal(found, Check(suppression, Context(Touchpoint.CartPage, [.. story, .. story])));
        Assert.Equal(found, Check(suppression, Context(Touchpoint.CartPage, [.. story.Reverse()])));
    }

    [Fact]
    public void Check_AnyTwoAtOnce_AreBothSaid()
    {
        var first = Specification.Where(line => line.Expected).GroupBy(line => line.Suppression).ToDictionary(lines => lines.Key, lines => lines.First().Story);
        foreach (var (one, other) in first.Keys.SelectMany(one => first.Keys.Where(other => other != one), (one, other) => (one, other)))
        {
            Assert.True(Check(one, Context(Touchpoint.CartPage, [.. first[one], .. first[other]])) is not null, $"{one} with {other}");
        }
    }

    [Theory]
    [InlineData("Basic", true)]
    [InlineData("beans", true)]
    [InlineData("mug", false)]
    public void Check_PriceThatWentUpForEverybody_ForbidsToWhoHasIt(string item, bool expected)
    {
        var context = Context(Touchpoint.CartPage, Signal(new SubscriptionStarted(Basic) { Id = "", Customer = Ann, At = Now }, 100), Order("o", "beans").Ago(50)) with
        {
            Shop = ShopFacts.None with { PriceRises = PriceRise.Add([], Price(item, 10, 12, 20), ShopFacts.MaxPriceRises) },
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

    private static T Signal<T>(T signal, double ago)
        where T : Signal => signal.Ago(ago);

    private static TicketOpened Ticket(string id, double ago, TicketSeverity severity = TicketSeverity.Normal) => new TicketOpened(id, severity) { Id = "", Customer = Ann, At = Now }.Ago(ago);

    private static TicketResolved Solved(string id, double ago, int? satisfaction) => new TicketResolved(id, satisfaction) { Id = "", Customer = Ann, At = Now }.Ago(ago);

    private static TicketReopened Reopened(string id, double ago) => new TicketReopened(id) { Id = "", Customer = Ann, At = Now }.Ago(ago);

    private static PriceChanged Price(string item, decimal from, decimal to, double ago) => new PriceChanged(item, new(from, "USD"), new(to, "USD")) { Id = "", Customer = Ann, At = Now }.Ago(ago);

    private static HealthScoreSet Health(double score, double ago) => new HealthScoreSet(score) { Id = "", Customer = Ann, At = Now }.Ago(ago);
}
