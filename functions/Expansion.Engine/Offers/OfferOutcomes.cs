using Expansion.Engine.Metrics.Facts;
using Expansion.Engine.Outcomes;
using Expansion.Engine.Timing;
using Expansion.Engine.Timing.Customers;
using Expansion.Engine.Timing.Signals;

namespace Expansion.Engine.Offers;

/// <summary>What a customer's signals mean for metrics and experiments.</summary>
public static class OfferOutcomes
{
    /// <param name="state">The customer with the signals folded in.</param>
    /// <param name="currency">The shop's: recurring revenue in others is told as such.</param>
    public static OutcomesRecorded Of(ShopId shop, CustomerState state, IEnumerable<Signal> signals, string currency)
    {
        var (outcomes, exposures, plans) = (new List<Outcome>(), new List<Exposure>(), new List<PlanChange>());
        foreach (var signal in signals)
        {
            var made = (signal as OfferSignal)?.Offer is { } id ? state.Offers.Made.Find(offer => offer.Id == id) : null;
            outcomes.AddRange(OutcomeOf(signal, made, state) is { } outcome ? [outcome] : []);
            exposures.AddRange(signal is OfferImpression && made?.Arm is { Holdout: false } arm ? [new(arm.Experiment, state.Customer, arm.Number, arm.Propensity, signal.At)] : []);
            plans.AddRange(PlanOf(signal, currency) is { } plan ? [plan] : []);
        }

        return new(shop, outcomes) { Exposures = exposures, Plans = plans };
    }

    /// <summary>
    /// Of an experiment with a holdout, a customer who had an occasion: 0 held out, 1 not. Told when it is decided and not when it is shown, the same for both, or else they couldn't be compared.
    /// </summary>
    public static Exposure? Held(Decision decision) =>
        decision.Sources.Arm is { HasHoldout: true } arm && decision.Occasions.Count > 0 && decision.Suppressions.All(suppression => suppression.Name == TimingSuppressions.Holdout)
            ? new(Exposure.HoldoutOf(arm.Experiment), decision.Customer, arm.Holdout ? 0 : 1, 1, decision.At)
            : null;

    private static Outcome? OutcomeOf(Signal signal, MadeOffer? made, CustomerState state)
    {
        return signal switch
        {
            OfferImpression shown => Tell(OutcomeKind.Impression, shown.Offer) with { Products = made is null ? [] : [new(made.Target)], Upsell = made is not (null or { Kind: OfferKind.CrossSell }) },
            OfferClick click => Tell(OutcomeKind.Click, click.Offer) with { ShownAt = made?.ShownAt },
            OfferDismissed no => Tell(OutcomeKind.Dismissal, no.Offer) with { ShownAt = made?.ShownAt },
            OfferComplained no => Tell(OutcomeKind.Complaint, no.Offer),
            OfferOptedOut => Tell(OutcomeKind.OptOut, signal.Id),
            TicketResolved { Satisfaction: { } score } => Tell(OutcomeKind.Satisfaction, signal.Id) with { Amount = score },
            ReviewPosted review => Tell(OutcomeKind.Satisfaction, signal.Id) with { Amount = review.Rating },
            _ => null,
        };

        Outcome Tell(OutcomeKind kind, string id) => new(id, kind, signal.At, signal.Customer)
        {
            Tags = new(made is null ? null : ExpansionJson.Word(made.Touchpoint), made?.Source, state.Segment?.Value),
        };
    }

    private static PlanChange? PlanOf(Signal signal, string currency)
    {
        return signal switch
        {
            SubscriptionStarted started => Change(started.Terms),
            PlanChanged changed => Change(changed.Terms),
            SubscriptionCancelled cancelled => new(signal.Id, signal.Customer, cancelled.EndsAt ?? signal.At, null),
            _ => null,
        };

        PlanChange Change(PlanTerms terms) => new(signal.Id, signal.Customer, signal.At, terms.Plan, terms.Mrr?.Amount, Currency: terms.Mrr?.Currency == currency ? null : terms.Mrr?.Currency);
    }
}
