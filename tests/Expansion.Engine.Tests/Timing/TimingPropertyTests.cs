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
/// What no sequence of signals may lead to, told apart from the engine: a simple record of what happened is kept beside it, and every offer is held against that.
/// </summary>
public sealed class TimingPropertyTests
{
    private const int Sequences = 100_000;
    private const int Steps = 10;

    private static readonly TimingSettings Settings = new()
    {
        Manners = new() { PerDay = 2, PerWeek = 6, PerMonth = 20, CooldownDays = 60, RepeatDays = 1, PerSession = 2, PerTouchpointAndWeek = new Dictionary<Touchpoint, int>() },
    };

    private static readonly RuleSet Rules = RuleSet.Of([Rule.Read("""{"id":"always","when":{"fact":"orders","at_least":0},"then":{"recommend_product":"mug"}}""", 1)]);

    private static readonly Candidate[] Proposed = [Filters, Filters with { Target = "grinder", Score = 0.9 }, Filters with { Target = "mug", Score = 0.1 }];

    private static readonly Touchpoint[] Places = Enum.GetValues<Touchpoint>();

    [Fact]
    public void Decide_AnySequenceOfSignals_NeverBreaksARule()
    {
        var (offers, silences) = (0L, 0L);
        Parallel.For(0, Sequences, seed =>
        {
            var story = new Story(SplitMix64.For(20260310, seed));
            for (var step = 0; step < Steps; step++)
            {
                story.Happen();
                if (story.Ask() is { } broken)
                {
                    Assert.Fail($"Sequence {seed}: {broken}");
                }
            }

            Interlocked.Add(ref offers, story.Offers);
            Interlocked.Add(ref silences, story.Silences);
        });

        // Silence alone would keep every rule.
        Assert.True(offers > Sequences / 2 && silences > Sequences / 2, $"{offers} offers, {silences} silences");
    }

    [Fact]
    public void With_AnyOrderAndRepeats_GivesTheSameFacts()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var story = new Story(SplitMix64.For(11, seed));
            for (var step = 0; step < 40; step++)
            {
                story.Happen();
            }

            var chance = SplitMix64.For(12, seed);
            var shuffled = story.Told.Concat(story.Told.Take(10)).OrderBy(_ => chance.Next()).ToList();

            Assert.Equal(Facts(story.Told), Facts(shuffled));
        }
    }

    /// <summary>What triggers, nevers and candidates see of a state.</summary>
    private static string Facts(IEnumerable<Signal> signals)
    {
        var context = Context(Touchpoint.AccountPage, signals) with { Now = Now.AddDays(60), Settings = Settings };
        var decision = OfferDecider.Decide(context, TimingEvaluator.Read(context, Rules), Proposed, DecisionSources.None);
        return string.Join('\n', decision.InWords().Append($"{context.Customer.Shopping.FirstOrderAt:O}").Append(string.Join(' ', context.Customer.Shopping.Orders.Select(order => order.Id))));
    }

    private sealed class Story(SplitMix64 chance)
    {
        private readonly Dictionary<string, DateTimeOffset> _open = [];
        private readonly List<DateTimeOffset> _rises = [];
        private readonly List<(string Like, DateTimeOffset At)> _rejected = [];
        private readonly HashSet<string> _interactions = [];
        private readonly List<(DateTimeOffset At, MadeOffer Made)> _made = [];
        private CustomerState _state = new(Ann);
        private DateTimeOffset _now = Now;
        private bool _cancelled, _failing, _optedOut;
        private double? _health;
        private int _told;

        public List<Signal> Told { get; } = [];

        public long Offers { get; private set; }

        public long Silences { get; private set; }

        public void Happen()
        {
            _now = _now.AddHours(chance.Between(0.1, chance.Chance(0.15) ? 1000 : 60));
            var last = _made.Count > 0 ? _made[^1].Made : null;
            switch (chance.Pick([2, 1.2, 0.5, 0.3, 0.6, 0.4, 0.6, 1.5, 1, 1, 0.3, 0.4, 1, 0.05, 2.5]))
            {
                case 0:
                    Tell(new OrderPlaced(new($"o{_told}"), new(20, "USD"), [new("beans")]) { Id = "", Customer = Ann, At = _now });
                    break;
                case 1:
                    _open[$"t{_told}"] = _now;
                    Tell(new TicketOpened($"t{_told}", (TicketSeverity)chance.Pick([1, 1, 1, 1])) { Id = "", Customer = Ann, At = _now });
                    break;
                case 2 or 14 when _open.Count > 0:
                    var ticket = _open.Keys.First();
                    _open.Remove(ticket);
                    Tell(new TicketResolved(ticket, 5) { Id = "", Customer = Ann, At = _now });
                    break;
                case 3:
                    _rises.Add(_now);
                    Tell(new PriceChanged("Basic", new(29, "USD"), new(35, "USD")) { Id = "", Customer = Ann, At = _now });
                    break;
                case 4:
                    _health = chance.Between(20, 100);
                    Tell(new HealthScoreSet(_health.Value) { Id = "", Customer = Ann, At = _now });
                    break;
                case 5:
                    _failing = chance.Chance(0.4);
                    Tell(_failing ? new PaymentFailed { Id = "", Customer = Ann, At = _now } : new PaymentSucceeded { Id = "", Customer = Ann, At = _now });
                    break;
                case 6:
                    _cancelled = false;
                    Tell(new SubscriptionStarted(Basic) { Id = "", Customer = Ann, At = _now });
                    break;
                case 7:
                    Tell(new UsageRecorded("calls", 5, chance.Between(50, 100), 100) { Id = "", Customer = Ann, At = _now });
                    break;
                case 8:
                    Tell(new CartChanged(new(20, "USD"), [new("filter paper")]) { Id = "", Customer = Ann, At = _now });
                    break;
                case 9:
                    Tell(new ReviewPosted(5) { Id = "", Customer = Ann, At = _now });
                    break;
                case 10:
                    _cancelled = true;
                    Tell(new SubscriptionCancelled { Id = "", Customer = Ann, At = _now });
                    break;
                case 11 when last is not null:
                    _rejected.Add((last.Like, _now));
                    Tell(new OfferComplained { Id = "", Customer = Ann, At = _now, Offer = last.Id });
                    break;
                case 12 when last is not null:
                    _rejected.Add((last.Like, _now));
                    Tell(new OfferDismissed { Id = "", Customer = Ann, At = _now, Offer = last.Id });
                    break;
                case 13:
                    _optedOut = true;
                    Tell(new OfferOptedOut { Id = "", Customer = Ann, At = _now });
                    break;
                default:
                    Tell(new FeatureUsed("a") { Id = "", Customer = Ann, At = _now });
                    break;
            }
        }

        /// <returns>The rule that an offer breaks; null when all is well.</returns>
        public string? Ask()
        {
            var interaction = $"page {(int)(chance.Share() * 20)}";
            var context = new TimingContext(_state, ShopFacts.None, Settings, _now, TimeZoneInfo.Utc) { Plans = new(Plans), Touchpoint = Places[(int)(chance.Share() * Places.Length)], Interaction = interaction };
            var decision = OfferDecider.Decide(context, TimingEvaluator.Read(context, Rules), Proposed, DecisionSources.None);
            _state = new CustomerRecord(_state).With(decision).State;
            if (decision.Made is not { } made)
            {
                Silences++;
                return null;
            }

            Offers++;
            var broken = _optedOut ? "an offer after an opt-out"
                : _open.Count > 1 || _open.Values.Any(opened => opened.AddDays(3) <= _now) ? "an offer during a crisis"
                : _rises.Exists(at => at.AddDays(30) > _now) ? "an offer right after a price increase"
                : _cancelled || _failing || _state.Scores is [.., { } score] && score.At.AddDays(30) >= _now && score.Value < 40 ? "an offer to a customer at risk"
                : !_interactions.Add(interaction) ? "two offers in an interaction"
                : _rejected.Exists(no => no.Like == made.Like && no.At.AddDays(60) > _now) ? "an offer within the cooldown"
                : _made.Exists(known => known.Made.Target == made.Target && known.At.AddDays(1) > _now) ? "the same offer twice in a day"
                : _made.Count(known => known.At.Date == _now.Date) >= 2 ? "more offers in a day than the cap allows"
                : decision.Offer is { Kind: OfferKind.Upsell, Gains.Count: 0 } ? "an upsell that adds nothing"
                : null;
            _made.Add((_now, made));
            return broken;
        }

        private void Tell(Signal signal)
        {
            signal = signal with { Id = $"s{_told++}" };
            Told.Add(signal);
            _state = _state.With(signal, TimeZoneInfo.Utc);
        }
    }
}
