using Expansion.Engine.Offers.Pricing.Anchors;
using Expansion.Engine.Offers.Pricing.Presentation;
using Expansion.Engine.Timing;
using PresentedKind = Expansion.Engine.Offers.Pricing.Presentation.OfferKind;

namespace Expansion.Engine.Offers;

/// <summary>What is known of an offer that was chosen, for those who word it.</summary>
public static class OfferDrafts
{
    private const int WorkDays = 30;

    /// <returns>Null for what has no known price: it is shown by its product alone.</returns>
    public static OfferDraft? Of(TimingContext context, ChosenOffer offer) => offer.Price is not { } price ? null
        : new(Kind(offer), new(offer.Target), offer.Title ?? offer.Target, price)
        {
            Gain = offer.Gains.Count > 0 ? offer.Gains[0] : null,
            Incentive = context.Arm.Incentive(),
            Anchor = Anchor(context, offer, price).With(context.Arm),
            Cart = context.Customer.Shopping.Cart?.Value.Total,
            Threshold = offer.CartTotal,
        };

    private static PresentedKind Kind(ChosenOffer offer) =>
        offer.Kind != OfferKind.CrossSell ? PresentedKind.Upgrade : offer.CartTotal is not null ? PresentedKind.CartThreshold : PresentedKind.Companion;

    public static CopyStyle Style(this Angle angle) => angle.Value switch
    {
        ValueProposition.Capability or ValueProposition.Capacity => CopyStyle.Feature,
        ValueProposition.SocialProof => CopyStyle.SocialProof,
        _ => CopyStyle.Benefit,
    };

    /// <summary>
    /// Every number that the price may be put beside; which of them it is, the presenter chooses by what has converted. Once an offer like it was rejected, only those of the frame that is
    /// tried next. A year's price can't be put beside a month's.
    /// </summary>
    private static AnchorFacts? Anchor(TimingContext context, ChosenOffer offer, Money price)
    {
        var (paid, plan) = (offer.Kind == OfferKind.Upsell ? Paid(context, price) : null, context.Plans.Plans.FirstOrDefault(plan => plan.Id == offer.Target));
        var fresh = !context.Customer.Offers.Rejections.Exists(no => no.Target == offer.Target || (offer.Kind == OfferKind.Upsell && no.Like == PlanCandidates.LikePlans));
        return offer.Kind == OfferKind.Annual || (offer.Kind == OfferKind.Upsell && paid is null) ? null
            : new(offer.Title ?? offer.Target, paid is null ? price : price - paid.PerMonth)
            {
                Gain = offer.Gains.Count > 0 ? offer.Gains[0] : null,
                Spend = Fits(PricingFrame.AgainstCurrentSpend) ? paid : null,
                Work = Fits(PricingFrame.AgainstCurrentSpend) && plan?.Spares is { } work ? Work(context, work) : null,
                Alternative = Fits(PricingFrame.AgainstAlternatives) ? context.Alternatives.Where(other => other.For == offer.Target).MaxBy(other => other.ObservedOn) : null,
            };

        bool Fits(PricingFrame frame) => fresh || offer.Angle.Frame == frame;
    }

    /// <summary>Null where it isn't known, or is no less than the price.</summary>
    private static CurrentSpend? Paid(TimingContext context, Money price)
    {
        var subscription = context.Customer.Subscription;
        if (subscription.Terms is not { } terms || (terms.Value.Mrr ?? context.Plans.Sold(terms.Value)?.Monthly) is not { } spend || spend.Currency != price.Currency || spend.Amount >= price.Amount)
        {
            return null;
        }

        // A payment that went through says that the price still holds.
        return new(spend, subscription.Payments.FindLast(payment => !payment.Value)?.At is { } paid && paid > terms.At ? paid : terms.At);
    }

    /// <summary>What was counted in the last thirty days.</summary>
    private static ManualWork? Work(TimingContext context, SparedWork work) => context.Customer.Usage.Metrics.GetValueOrDefault(work.Metric) is { } use
        ? new(work.Task, (long)use.Days.Sum(context.Today, WorkDays), work.MinutesEach, work.HourlyCost, use.LastAt)
        : null;
}
