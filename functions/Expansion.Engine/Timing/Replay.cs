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
/// Nobody answers the offers of a replay: the recorded answers belong to others.
/// </summary>
public sealed class Replay(TimingSettings settings, RuleSet rules, TimeZoneInfo zone, ShopFacts shop, PlanLadder plans, IReadOnlyList<Candidate> candidates)
{
    private static readonly Touchpoint[] Sent = [.. Enum.GetValues<Touchpoint>().Where(place => place.IsPushed())];

    /// <param name="signals">Of one customer, in any order; those for everybody among them.</param>
    /// <param name="from">Decisions before are made, and not returned.</param>
    public IEnumerable<Decision> Run(CustomerId customer, IEnumerable<Signal> signals, DateTimeOffset from, DateTimeOffset until)
    {
        var (record, facts) = (CustomerRecord.New(customer), shop with { PriceRises = [] });
        DateTimeOffset? due = null;
        foreach (var signal in signals.Where(signal => signal.At < until && signal is not OfferSignal).OrderBy(signal => signal.At).ThenBy(signal => signal.Id, StringComparer.Ordinal))
        {
            while (due < signal.At)
            {
                foreach (var decision in Look(ref record, ref due, facts, due.Value, Sent))
                {
                    yield return decision;
                }
            }

            if (signal is PriceChanged price && signal.Customer == Signal.Everybody)
            {
                facts = facts with { PriceRises = PriceRise.Add(facts.PriceRises, price, ShopFacts.MaxPriceRises) };
                continue;
            }

            record = record.With([signal], zone);
            foreach (var decision in Look(ref record, ref due, facts, signal.At, WhereaboutsOf(signal) is { } place ? [.. Sent, place] : Sent))
            {
                yield return decision;
            }
        }

        while (due < until)
        {
            foreach (var decision in Look(ref record, ref due, facts, due.Value, Sent))
            {
                yield return decision;
            }
        }

        List<Decision> Look(ref CustomerRecord known, ref DateTimeOffset? again, ShopFacts shopFacts, DateTimeOffset now, Touchpoint[] places)
        {
            var (decisions, looks) = (new List<Decision>(), new List<DateTimeOffset>());
            foreach (var place in places)
            {
                var context = new TimingContext(known.State, shopFacts, settings, now, zone) { Touchpoint = place, Plans = plans, Interaction = FormattableString.Invariant($"{place} {now.UtcTicks}") };
                var reading = TimingEvaluator.Read(context, rules);
                if (reading.Occasions.Count > 0)
                {
                    var decision = OfferDecider.Decide(context, reading, candidates, new(rules.Version, null, null));
                    var after = known.With(decision);
                    if (!ReferenceEquals(after, known) && now >= from)
                    {
                        decisions.Add(decision);
                    }

                    known = after with { Decided = [] };
                }

                if (reading.AgainAt is { } at)
                {
                    looks.Add(at);
                }
            }

            again = looks.Count == 0 ? null : looks.Min();
            return decisions;
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
}
