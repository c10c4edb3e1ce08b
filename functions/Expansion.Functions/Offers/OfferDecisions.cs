using Expansion.Engine.Offers;
using Expansion.Engine.Offers.Pricing.Anchors;
using Expansion.Engine.Offers.Pricing.Honesty;
using Expansion.Engine.Recommendations;
using Expansion.Engine.Timing;
using Expansion.Engine.Timing.Customers;
using Expansion.Functions.Timing;

namespace Expansion.Functions.Offers;

/// <summary>
/// Brings a decision's parts together, for an offer that is asked for as for one that is sent:
/// <code>
/// experiment's arm ─► triggers, rules, suppressions ─► candidates, if we may speak ─► decision ─► words
/// </code>
/// </summary>
public sealed class OfferDecisions(IExperimentArms arms, IOfferCandidates candidates, IPriceHistoryStore prices)
{
    public async ValueTask<TimingContext> ContextAsync(ShopTiming shop, CustomerState customer, Touchpoint touchpoint, string? userAgent, DateTimeOffset now, CancellationToken cancellationToken) =>
        shop.Context(customer, now, touchpoint, await arms.FindAsync(shop.Shop, customer.Customer, customer.Segment?.Value, userAgent, touchpoint, cancellationToken));

    /// <param name="locale">The reader's; null for English.</param>
    public async Task<Decision> DecideAsync(ShopTiming shop, TimingContext context, TimingReading reading, string? locale, CancellationToken cancellationToken)
    {
        var proposed = reading.MaySpeak ? await candidates.FindAsync(shop.Shop, context, cancellationToken) : ProposedCandidates.None;
        var decision = OfferDecider.Decide(context, reading, proposed.Candidates, new(shop.Rules.Version, proposed.Model, context.Arm));
        if (decision.Offer is not { } offer || OfferDrafts.Of(context, offer) is not { } draft)
        {
            return decision;
        }

        var known = new HonestyFacts { Prices = await prices.FindAsync(shop.Shop, draft.Skus(), cancellationToken) };
        var presented = shop.Presenter.Present(draft, OfferLocale.Find(locale), offer.Angle.Style(), known, shop.Facts.Anchors, context.Now);
        if (presented.Presentation is null)
        {
            return decision with { PresentationRefusals = [.. presented.Refusals.Select(refusal => refusal.Reason)] };
        }

        // What the price was put beside is part of the side it was offered from.
        var anchor = presented.Anchors.FirstOrDefault(decided => decided.IsUsable)?.Kind;
        var angle = anchor is { } kind ? offer.Angle with { Frame = kind == AnchorKind.Alternative ? PricingFrame.AgainstAlternatives : PricingFrame.AgainstCurrentSpend } : offer.Angle;
        return decision with
        {
            Offer = offer with { Angle = angle },
            Presentation = presented.Presentation.With(context.Arm),
            Made = decision.Made is { } made ? made with { Anchor = anchor, Angle = angle } : null,
        };
    }
}
