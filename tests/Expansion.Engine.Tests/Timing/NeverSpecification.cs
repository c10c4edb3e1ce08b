using Expansion.Engine.Offers;
using Expansion.Engine.Timing.Signals;
using static Expansion.Engine.Tests.Timing.Aspect;
using static Expansion.Engine.Tests.Timing.Given;

namespace Expansion.Engine.Tests.Timing;

/// <summary>The three nevers, and opt-outs: what happened, told in this order, and whether it forbids an offer on Tuesday noon.</summary>
internal static class NeverSpecification
{
    private const bool Forbids = true, Allows = false;

    public static IReadOnlyList<Line> Lines { get; } =
    [
        // Never during a support crisis.
        new("support_crisis", Plain, "a severe ticket is open", Forbids, Ticket("t", 0.01, TicketSeverity.High)),
        new("support_crisis", Nearly, "an ordinary ticket is open", Allows, Ticket("t", 0.01)),
        new("support_crisis", Boundary, "an ordinary ticket is open for 3 days to the second", Forbids, Ticket("t", 3)),
        new("support_crisis", Nearly, "an ordinary ticket is open a little less", Allows, Ticket("t", 2.999)),
        new("support_crisis", Boundary, "solved unhappily 2 days ago to the second", Allows, Ticket("t", 3), Solved("t", 2, 2)),
        new("support_crisis", Besides, "solved unhappily a little less than 2 days ago", Forbids, Ticket("t", 3), Solved("t", 1.999, 2)),
        new("support_crisis", Boundary, "reopened 7 days ago to the second, and solved happily", Allows, Ticket("t", 9), Solved("t", 8, 5), Reopened("t", 7), Solved("t", 5, 5)),
        new("support_crisis", Besides, "reopened a little less than 7 days ago, and solved happily", Forbids, Ticket("t", 9), Solved("t", 8, 5), Reopened("t", 6.999), Solved("t", 5, 5)),
        new("support_crisis", Twice, "an ordinary ticket is open, and told twice, is one", Allows, Ticket("t", 0.01), Ticket("t", 0.01)),
        new("support_crisis", Twice, "a severe ticket was solved happily, and its opening told again", Allows, Ticket("t", 3, TicketSeverity.High), Solved("t", 1, 5), Ticket("t", 3, TicketSeverity.High)),
        new("support_crisis", Late, "the resolution is heard of, and then the severe ticket", Allows, Solved("t", 1, 5), Ticket("t", 3, TicketSeverity.High)),
        new("support_crisis", Late, "a resolution of before the reopening is heard of last", Forbids, Ticket("t", 20), Reopened("t", 8), Solved("t", 9, 5)),
        new("support_crisis", AtOnce, "two ordinary tickets are opened at one moment", Forbids, Ticket("t", 0.01), Ticket("u", 0.01)),
        new("support_crisis", AtOnce, "a severe ticket is opened and solved happily at one moment", Allows, Ticket("t", 1, TicketSeverity.High), Solved("t", 1, 5)),
        new("support_crisis", Besides, "solved happily a minute ago", Allows, Ticket("t", 3, TicketSeverity.Critical), Solved("t", 0.001, 5)),
        new("support_crisis", Besides, "solved unhappily yesterday", Forbids, Ticket("t", 3, TicketSeverity.Critical), Solved("t", 1, 2)),
        new("support_crisis", Besides, "solved yesterday, nobody said how well", Forbids, Ticket("t", 3), Solved("t", 1, null)),
        new("support_crisis", Besides, "the resolution arrives without the ticket", Allows, Solved("t", 1, 5)),

        // Never right after a price increase of anything the customer has.
        new("price_increase", Plain, "the customer's price went up yesterday", Forbids, Price("Basic", 29, 35, 1)),
        new("price_increase", Boundary, "30 days ago to the second", Allows, Price("Basic", 29, 35, 30)),
        new("price_increase", Besides, "a little less than 30 days ago", Forbids, Price("Basic", 29, 35, 29.999)),
        new("price_increase", Nearly, "it stayed as it was", Allows, Price("Basic", 29, 29, 1)),
        new("price_increase", Nearly, "it went down", Allows, Price("Basic", 35, 29, 1)),
        new("price_increase", Twice, "it went up 40 days ago, and is told again after it went down", Allows, Price("Basic", 29, 35, 40), Price("Basic", 35, 29, 1), Price("Basic", 29, 35, 40)),
        new("price_increase", Late, "it went up 40 days ago, heard of after the rise of yesterday", Forbids, Price("Basic", 35, 39, 1), Price("Basic", 29, 35, 40)),
        new("price_increase", Late, "it went up and down again, heard of the other way round", Forbids, Price("Basic", 35, 29, 1), Price("Basic", 29, 35, 10)),
        new("price_increase", AtOnce, "two prices change at one moment, one of them up", Forbids, Price("Basic", 35, 29, 1), Price("Extra", 5, 6, 1)),
        new("price_increase", AtOnce, "it goes up and down at one moment", Forbids, Price("Basic", 29, 35, 1, "up"), Price("Basic", 35, 29, 1, "down")),

        // Never to an at-risk customer.
        new("at_risk", Plain, "cancelled", Forbids, Started(30), Cancelled(1)),
        new("at_risk", Boundary, "health of 40 to the point", Allows, Health(40, 1)),
        new("at_risk", Besides, "health just below 40", Forbids, Health(39.9, 1)),
        new("at_risk", Boundary, "health falls by 3 points a week to the point", Allows, Health(90, 22), Health(87, 15), Health(84, 8), Health(81, 1)),
        new("at_risk", Besides, "health falls a little faster", Forbids, Health(90, 22), Health(86.9, 15), Health(83.8, 8), Health(80.7, 1)),
        new("at_risk", Nearly, "health falls fast, but was told three times only", Allows, Health(90, 15), Health(80, 8), Health(70, 1)),
        new("at_risk", Nearly, "one bad score among good ones", Allows, Health(90, 29), Health(90, 22), Health(45, 15), Health(90, 8), Health(90, 1)),
        new("at_risk", Nearly, "a payment failed, the next went through", Allows, Failed(3), Paid(1)),
        new("at_risk", Twice, "a payment failed, the next went through, and the first is told again", Allows, Failed(3), Paid(1), Failed(3)),
        new("at_risk", Twice, "cancelled and come back, and the end told again", Allows, Cancelled(9), Started(1), Cancelled(9)),
        new("at_risk", Late, "a payment of before the one that failed is heard of", Forbids, Failed(1), Paid(30)),
        new("at_risk", Late, "the beginning is heard of after the end", Forbids, Cancelled(1), Started(30)),
        new("at_risk", AtOnce, "a payment goes through at the moment the subscription ends", Forbids, Started(30), Paid(1), Cancelled(1)),
        new("at_risk", AtOnce, "two scores at one moment: the greater id is the later word", Allows, Health(20, 1) with { Id = "h1" }, Health(90, 1) with { Id = "h2" }),
        new("at_risk", Besides, "the last payment failed", Forbids, Paid(30), Failed(1)),
        new("at_risk", Besides, "cancelled and come back", Allows, Cancelled(9), Started(1)),
        new("at_risk", Besides, "nothing is known", Allows),

        // An opt-out is final.
        new("opt_out", Plain, "of everything", Forbids, OptOut(900, null)),
        new("opt_out", Besides, "of this channel", Forbids, OptOut(1, Channel.Web)),
        new("opt_out", Nearly, "of another channel", Allows, OptOut(1, Channel.Email)),
        new("opt_out", Twice, "of another channel, and told twice", Allows, OptOut(1, Channel.Email), OptOut(1, Channel.Email)),
        new("opt_out", Late, "of everything, heard of after an offer was clicked", Forbids, new OfferClick { Id = "k", Customer = Ann, At = Now, Offer = "1" }, OptOut(2, null)),
        new("opt_out", AtOnce, "of two channels at one moment, this one of them", Forbids, OptOut(1, Channel.Email, "1"), OptOut(1, Channel.Web, "2")),
    ];

    private static TicketOpened Ticket(string id, double ago, TicketSeverity severity = TicketSeverity.Normal) =>
        new TicketOpened(id, severity) { Id = "", Customer = Ann, At = Now }.Ago(ago, FormattableString.Invariant($"open-{id}-{ago}"));

    private static TicketResolved Solved(string id, double ago, int? satisfaction) => new TicketResolved(id, satisfaction) { Id = "", Customer = Ann, At = Now }.Ago(ago);

    private static TicketReopened Reopened(string id, double ago) => new TicketReopened(id) { Id = "", Customer = Ann, At = Now }.Ago(ago);

    internal static PriceChanged Price(string item, decimal from, decimal to, double ago, string? id = null) =>
        new PriceChanged(item, new(from, "USD"), new(to, "USD")) { Id = "", Customer = Ann, At = Now }.Ago(ago, id ?? FormattableString.Invariant($"{item}-{ago}"));

    private static HealthScoreSet Health(double score, double ago) => new HealthScoreSet(score) { Id = "", Customer = Ann, At = Now }.Ago(ago);

    private static SubscriptionStarted Started(double ago) => new SubscriptionStarted(Basic) { Id = "", Customer = Ann, At = Now }.Ago(ago);

    private static SubscriptionCancelled Cancelled(double ago) => new SubscriptionCancelled { Id = "", Customer = Ann, At = Now }.Ago(ago);

    private static PaymentFailed Failed(double ago) => new PaymentFailed { Id = "", Customer = Ann, At = Now }.Ago(ago);

    private static PaymentSucceeded Paid(double ago) => new PaymentSucceeded { Id = "", Customer = Ann, At = Now }.Ago(ago);

    private static OfferOptedOut OptOut(double ago, Channel? channel, string? id = null) => new OfferOptedOut(channel) { Id = "", Customer = Ann, At = Now }.Ago(ago, id);
}
