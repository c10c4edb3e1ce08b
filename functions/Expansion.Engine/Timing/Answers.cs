using Expansion.Engine.Offers;
using Expansion.Engine.Offers.Pricing.Anchors;
using Expansion.Engine.Timing.Customers;
using Expansion.Engine.Timing.Signals;

namespace Expansion.Engine.Timing;

/// <summary>Counts what a customer answered, under the touchpoint, the offer, its anchor, and, after a rejection, the change of side.</summary>
public static class Answers
{
    /// <param name="before">The state that the signals were not part of yet; of one that was, nothing is counted.</param>
    public static IReadOnlyDictionary<string, AnswerCounts> Of(CustomerState before, IEnumerable<Signal> signals)
    {
        var counts = new Dictionary<string, AnswerCounts>();
        foreach (var signal in signals.Where(signal => !before.Seen.Contains(signal.Id)).DistinctBy(signal => signal.Id))
        {
            if (Read(signal) is ({ } offer, { } answer) && before.Offers.Made.Find(made => made.Id == offer) is { } made)
            {
                foreach (var key in Keys(before.Offers, made))
                {
                    counts[key] = counts.GetValueOrDefault(key, AnswerCounts.None) + answer;
                }
            }
        }

        return counts;
    }

    private static (string? Offer, AnswerCounts? Answer) Read(Signal signal) => signal switch
    {
        OfferImpression shown => (shown.Offer, AnswerCounts.None with { Shown = 1 }),
        OfferDismissed no => (no.Offer, AnswerCounts.None with { Dismissed = 1 }),
        OfferComplained no => (no.Offer, AnswerCounts.None with { Complained = 1 }),
        OfferOptedOut no => (no.Offer, AnswerCounts.None with { OptedOut = 1 }),
        OfferConverted yes => (yes.Offer, AnswerCounts.None with { Converted = 1 }),
        _ => (null, null),
    };

    private static IEnumerable<string> Keys(OfferFacts offers, MadeOffer made)
    {
        yield return Throttle.KeyOf(made.Touchpoint);
        yield return Throttle.KeyOf(made.Target);
        if (made.Anchor is { } anchor)
        {
            yield return AnchorRecord.KeyOf(anchor);
        }

        if (offers.Rejections.FindLast(no => no.Like == made.Like && no.At < made.At) is { } rejected)
        {
            yield return AngleRecord.KeyOf(rejected.Angle, made.Angle);
        }
    }
}
