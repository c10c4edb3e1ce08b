using System.Globalization;
using CsCheck;
using Expansion.Engine.Offers;
using Expansion.Engine.Recommendations;
using Expansion.Engine.Samples;
using Expansion.Engine.Timing;
using Expansion.Engine.Timing.Customers;
using Expansion.Engine.Timing.Rules;
using Expansion.Engine.Timing.Signals;
using static Expansion.Engine.Tests.Timing.Given;

namespace Expansion.Engine.Tests.Timing;

/// <summary>
/// Whatever happens to a customer, in whatever order it is heard of, no offer breaks the manners. What is allowed is told anew here from the bare signals, without the engine's
/// facts and suppressions.
/// </summary>
public sealed class InvariantTests
{
    private const long Sequences = 100_000;

    private static readonly TimingSettings Settings = TimingSettings.Default;

    private static readonly Candidate[] Candidates = [Filters, Filters with { Target = "grinder", Score = 0.4 }, Filters with { Target = "mug", Like = "filters", Score = 0.3 }];

    /// <summary>What may happen, by a number and the id of the last offer; reasons to offer more than once, so that there are offers to forbid.</summary>
    private static readonly Func<int, string, Signal>[] Happenings =
    [
        (_, _) => new ReviewPosted(5) { Id = "", Customer = Ann, At = Now },
        (_, _) => new ReviewPosted(5) { Id = "", Customer = Ann, At = Now },
        (_, _) => new CartChanged(new(50, "USD"), [new("beans")]) { Id = "", Customer = Ann, At = Now },
        (_, _) => new CartChanged(new(50, "USD"), [new("beans")]) { Id = "", Customer = Ann, At = Now },
        (n, _) => new UsageRecorded("calls", 5, 60 + (10 * n), 100) { Id = "", Customer = Ann, At = Now },
        (_, _) => new LimitReached("calls") { Id = "", Customer = Ann, At = Now },
        (n, _) => new FeatureUsed($"{(char)('a' + n)}") { Id = "", Customer = Ann, At = Now },
        (n, _) => Order(FormattableString.Invariant($"o{n}"), "beans"),
        (_, _) => new SubscriptionStarted(Basic) { Id = "", Customer = Ann, At = Now },
        (_, _) => new PaymentSucceeded { Id = "", Customer = Ann, At = Now },
        (n, _) => new HealthScoreSet(20 + (20 * n)) { Id = "", Customer = Ann, At = Now },
        (n, _) => new TicketOpened($"t{n % 2}", (TicketSeverity)(n % 4)) { Id = "", Customer = Ann, At = Now },
        (n, _) => new TicketResolved($"t{n % 2}", 5) { Id = "", Customer = Ann, At = Now },
        (n, _) => new TicketResolved($"t{n % 2}", 5) { Id = "", Customer = Ann, At = Now },
        (n, _) => new TicketReopened($"t{n % 2}") { Id = "", Customer = Ann, At = Now },
        (n, _) => new PriceChanged(n < 3 ? "Basic" : "mug", new(29, "USD"), new(25 + (3 * n), "USD")) { Id = "", Customer = Ann, At = Now },
        (_, _) => new PaymentFailed { Id = "", Customer = Ann, At = Now },
        (_, _) => new SubscriptionCancelled { Id = "", Customer = Ann, At = Now },
        (n, _) => new OfferOptedOut(n == 4 ? null : (Channel)n) { Id = "", Customer = Ann, At = Now },
        (_, offer) => new OfferDismissed { Id = "", Customer = Ann, At = Now, Offer = offer },
        (_, offer) => new OfferDismissed { Id = "", Customer = Ann, At = Now, Offer = offer },
        (_, offer) => new OfferComplained { Id = "", Customer = Ann, At = Now, Offer = offer },
    ];

    private static readonly Gen<Step[]> Steps = Gen.Select(
        Gen.Int[0, Happenings.Length - 1], Gen.Int[0, 4], Gen.OneOf(Gen.Int[0, 30], Gen.Int[0, 600]), Gen.OneOf(Gen.Const(0), Gen.Int[0, 200]), Gen.Enum<Touchpoint>(),
        (what, number, hours, late, place) => new Step(what, number, hours, late, place)).Array[4, 16];

    [Fact]
    public void Decide_AnySequenceOfSignals_BreaksNoManners()
    {
        var (offers, suppressed) = (0L, 0L);
        Steps.Sample(
            steps =>
            {
                var life = new Life();
                foreach (var step in steps)
                {
                    life.Live(step);
                }

                Interlocked.Add(ref offers, life.Offers.Count);
                Interlocked.Add(ref suppressed, life.Suppressed);
            },
            iter: Sequences);

        // Silence alone would keep every promise: there must have been something to offer, and something to forbid.
        Assert.True(offers > Sequences / 4, $"{offers} offers");
        Assert.True(suppressed > Sequences, $"{suppressed} suppressed moments");
    }

    [Fact]
    public void With_AnyOrderAndRepeats_GivesTheSameFacts()
    {
        Gen.Select(Steps, Gen.ULong).Sample(
            (steps, seed) =>
            {
                var signals = steps.Select((step, number) => Happenings[step.What](step.Number, "none") with { Id = $"s{number}", At = Now.AddHours(-step.Late) }).ToList();
                var chance = new SplitMix64(seed);
                var shuffled = signals.Concat(signals.Take(5)).Select(signal => (signal, Key: chance.Next())).OrderBy(pair => pair.Key).Select(pair => pair.signal);

                Assert.Equal(Facts(signals), Facts(shuffled));
            },
            iter: 1_000);
    }

    /// <summary>What triggers, nevers and candidates see.</summary>
    private static string Facts(IEnumerable<Signal> signals)
    {
        var context = Context(Touchpoint.AccountPage, signals);
        var decision = OfferDecider.Decide(context, TimingEvaluator.Read(context, RuleSet.None), Candidates, DecisionSources.None);
        return string.Join('\n', decision.InWords().Append($"{context.Customer.Shopping.FirstOrderAt:O}").Append(string.Join(' ', context.Customer.Shopping.Orders.Select(order => order.Id))));
    }

    /// <param name="Late">Hours after which it is heard of.</param>
    private sealed record Step(int What, int Number, int Hours, int Late, Touchpoint Place);

    private sealed class Life
    {
        private readonly List<Signal> _told = [];
        private CustomerRecord _record = CustomerRecord.New(Ann);
        private DateTimeOffset _now = Now;

        public List<Decision> Offers { get; } = [];

        public int Suppressed { get; private set; }

        public void Live(Step step)
        {
            _now = _now.AddHours(step.Hours);
            var signal = Happenings[step.What](step.Number, Offers.LastOrDefault()?.Id ?? "none") with { Id = _told.Count.ToString("D4", CultureInfo.InvariantCulture), At = _now.AddHours(-step.Late) };
            _told.Add(signal);
            _record = _record.With([signal], TimeZoneInfo.Utc);
            Assert.Same(_record.State, _record.With([signal], TimeZoneInfo.Utc).State);

            var context = new TimingContext(_record.State, ShopFacts.None, Settings, _now, TimeZoneInfo.Utc) { Touchpoint = step.Place, Plans = new(Plans), Interaction = FormattableString.Invariant($"page {step.Number}") };
            var reading = TimingEvaluator.Read(context, RuleSet.None);
            if (reading.Occasions.Count == 0)
            {
                return;
            }

            Suppressed += reading.Suppressions.Count > 0 ? 1 : 0;
            var decision = OfferDecider.Decide(context, reading, Candidates, DecisionSources.None);
            if (decision.Offer is not null)
            {
                Assert.Equal([], Broken(decision));
                Offers.Add(decision);
            }

            _record = _record.With(decision) with { Decided = [] };
        }

        private IEnumerable<string> Broken(Decision decision)
        {
            var promises = new (string Promise, bool Broken)[]
            {
                ("no offer while a severe ticket is open", Open().Any(ticket => All<TicketOpened>().Any(opened => opened.Ticket == ticket && opened.Severity >= TicketSeverity.High))),
                ("no offer while two tickets are open", Open().Count() > 1),
                ("no offer for 7 days after a ticket was reopened", All<TicketReopened>().Any(again => Within(again, 7))),
                ("no offer for 30 days after a price went up", All<PriceChanged>().Any(price => price.To.Amount > price.From.Amount && Within(price, 30))),
                ("no offer while a payment failed", Last<PaymentFailed, PaymentSucceeded>() is PaymentFailed),
                ("no offer to who has cancelled", Last<SubscriptionCancelled, SubscriptionStarted>() is SubscriptionCancelled),
                ("no offer in bad health", Last<HealthScoreSet, HealthScoreSet>() is HealthScoreSet { Score: < 40 } health && Within(health, 7)),
                ("no offer after an opt-out", All<OfferOptedOut>().Any(no => no.Channel is null || no.Channel == Channels.Of(decision.Touchpoint))),
                ("one offer an interaction", Offers.Any(made => made.Interaction == decision.Interaction)),
                ("one offer a day", Offers.Any(made => made.At.Date == _now.Date)),
                ("three offers a week", Offers.Count(made => made.At.Date > _now.Date.AddDays(-7)) >= 3),
                ("six offers a month", Offers.Count(made => made.At.Date > _now.Date.AddDays(-30)) >= 6),
                ("75 days of silence after a no", Offers.Any(made => made.Made!.Like == decision.Made!.Like && Refused(made).Any(no => Within(no, 75)))),
                ("another side after a no", Offers.Any(made => made.Made!.Like == decision.Made!.Like && made.Offer!.Angle == decision.Offer!.Angle && Refused(made).Any())),
                ("an upsell adds something", decision.Offer is { Kind: OfferKind.Upsell, Gains.Count: 0 }),
                ("what is sent is sent in the day", decision.Touchpoint.IsPushed() && _now.Hour is (< 9 or >= 18)),
            };
            return promises.Where(promise => promise.Broken).Select(promise => promise.Promise);
        }

        private IEnumerable<T> All<T>() => _told.OfType<T>();

        private Signal? Last<TOne, TOther>() => _told.Where(signal => signal is TOne or TOther).MaxBy(signal => (signal.At, signal.Id));

        private bool Within(Signal signal, int days) => signal.At.AddDays(days) > _now;

        private IEnumerable<Signal> Refused(Decision made) => _told.Where(signal => signal is OfferDismissed or OfferComplained && ((OfferSignal)signal).Offer == made.Id);

        private IEnumerable<string> Open() =>
            from signal in _told
            let ticket = signal switch { TicketOpened opened => opened.Ticket, TicketReopened again => again.Ticket, _ => null }
            where ticket is not null
            group signal.At by ticket into opened
            where !All<TicketResolved>().Any(solved => solved.Ticket == opened.Key && solved.At >= opened.Max())
            select opened.Key;
    }
}
