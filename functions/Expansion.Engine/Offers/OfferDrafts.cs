using Expansion.Engine.Offers.Pricing.Anchors;
using Expansion.Engine.Offers.Pricing.Presentation;
using Expansion.Engine.Timing;
using PresentedKind = Expansion.Engine.Offers.Pricing.Presentation.OfferKind;

namespace Expansion.Engine.Offers;

/// <summary>What is known of an offer that was chosen, for those who word it.</summary>
public static class OfferDrafts
{
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

    /// <summary>A plan's price a month can be put beside what is paid a month now; a product's, or a year's, can't.</summary>
    private static AnchorFacts? Anchor(TimingContext context, ChosenOffer offer, Money price)
    {
        var subscription = context.Customer.Subscription;
        if (offer.Kind != OfferKind.Upsell || offer.Angle.Frame != PricingFrame.AgainstCurrentSpend || subscription.Terms is not { } terms
            || (terms.Value.Mrr ?? context.Plans.Sold(terms.Value)?.Monthly) is not { } spend || spend.Currency != price.Currency || spend.Amount >= price.Amount)
        {
            return null;
        }

        // A payment that went through says that the price still holds.
        var asOf = subscription.Payments.FindLast(payment => !payment.Value)?.At is { } paid && paid > terms.At ? paid : terms.At;
        return new(offer.Title ?? offer.Target, price - spend) { Gain = offer.Gains.Count > 0 ? offer.Gains[0] : null, Spend = new(spend, asOf) };
    }
}
