using Expansion.Engine.Offers;
using Expansion.Engine.Offers.Pricing.Plans;
using Expansion.Engine.Recommendations;
using Expansion.Engine.Timing.Customers;
using Expansion.Engine.Timing.Rules;
using Expansion.Engine.Timing.Signals;

namespace Expansion.Engine.Timing;

/// <summary>
/// The time machine: goes through one customer's recorded signals with options of today, and says what would have been decided. After each signal the customer is taken to
/// be where the signal shows them (<see cref="WhereaboutsOf"/>), and what is sent is sent; in between, a customer whose time to be looked at comes is looked at.
/// Nobody answers the offers of a replay: the recorded answers belong to others. An opt-out is the customer's own, and counts.
/// </summary>
/// <param name="facts">Seasons, throttles and angles of today; price rises are told by the signals.</param>
public sealed class Replay(ShopId shop, TimingSettings settings, RuleSet rules, PlanLadder plans, ShopFacts facts, TimeZoneInfo zone, IOfferCandidates candidates)
{
    private static readonly Touchpoint[] Sent = [.. Enum.GetValues<Touchpoint>().Where(place => place.IsPushed())];

    /// <param name="signals">Of one customer, in any order; those for everybody among them.</param>
    /// <param name="from">Decisions before are made, and not returned.</param>
    public async Task<IReadOnlyList<Decision>> RunAsync(CustomerId customer, IEnumerable<Signal> signals, DateTimeOffset from, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var life = new Life(CustomerRecord.New(customer), facts with { PriceRises = [] }, null);
        var decisions = new List<Decision>();
        foreach (var signal in signals.Where(signal => signal.At < until && signal is not OfferSignal).OrderBy(signal => signal.At).ThenBy(signal => signal.Id, StringComparer.Ordinal))
        {
            await WaitAsync(signal.At);
            if (signal is PriceChanged price && signal.Customer == Signal.Everybody)
            {
                life = life with { Facts = life.Facts with { PriceRises = PriceRise.Add(life.Facts.PriceRises, price, ShopFacts.MaxPriceRises) } };
                continue;
            }

            life = life with { Record = life.Record.With([signal], zone) };
            await LookAsync(signal.At, WhereaboutsOf(signal) is { } place ? [.. Sent, place] : Sent);
        }

        await WaitAsync(until);
        return decisions;

        async Task WaitAsync(DateTimeOffset end)
        {
            while (life.Due is { } due && due < end)
            {
                await LookAsync(due, Sent);
            }
        }

        async Task LookAsync(DateTimeOffset now, Touchpoint[] places)
        {
            (life, var decided) = await StepAsync(life, now, places, cancellationToken);
            decisions.AddRange(decided.Where(_ => now >= from));
        }
    }

    /// <summary>Where a customer is who does this; null when that doesn't tell.</summary>
    public static Touchpoint? WhereaboutsOf(Signal signal) => signal switch
    {
        CartChanged => Touchpoint.CartPage,
        UsageRecorded or FeatureUsed or LimitReached => Touchpoint.InApp,
        ReviewPosted or TicketResolved or PlanChanged => Touchpoint.AccountPage,
        _ => null,
    };

    private async Task<(Life After, IReadOnlyList<Decision> Decided)> StepAsync(Life life, DateTimeOffset now, Touchpoint[] places, CancellationToken cancellationToken)
    {
        var (record, looks) = (life.Record, new List<DateTimeOffset>());
        foreach (var place in places)
        {
            var context = new TimingContext(record.State, life.Facts, settings, now, zone) { Touchpoint = place, Plans = plans, Interaction = FormattableString.Invariant($"{place} {now.UtcTicks}") };
            var reading = TimingEvaluator.Read(context, rules);
            if (reading.Occasions.Count > 0)
            {
                var proposed = reading.MaySpeak ? await candidates.FindAsync(shop, context, cancellationToken) : ProposedCandidates.None;
                record = record.With(OfferDecider.Decide(context, reading, proposed.Candidates, new(rules.Version, proposed.Model, null)));
            }

            looks.AddRange(reading.AgainAt is { } at ? [at] : []);
        }

        return (life with { Record = record.Settled(), Due = looks.Count == 0 ? null : looks.Min() }, record.Decided);
    }

    /// <param name="Due">When the customer is looked at again though nothing happens.</param>
    private sealed record Life(CustomerRecord Record, ShopFacts Facts, DateTimeOffset? Due);
}
