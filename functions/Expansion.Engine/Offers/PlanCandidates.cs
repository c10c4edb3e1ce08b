using Expansion.Engine.Timing;

namespace Expansion.Engine.Offers;

/// <summary>The higher plans a customer could have, and the same one by the year.</summary>
public static class PlanCandidates
{
    /// <summary>Upsells are alike: a no to one plan is a no to plans.</summary>
    private const string LikePlans = "plans";

    public static IReadOnlyList<Candidate> Find(TimingContext context)
    {
        var plans = context.Settings.Plans;
        if (context.Customer.Subscription is not { IsCancelled: false, Terms.Value: { } terms })
        {
            return [];
        }

        var current = PlanOffer.Known(terms, plans);
        var sold = plans.FirstOrDefault(plan => plan.Name == terms.Plan);
        // One step up is a smaller ask than two.
        var higher = plans.Where(plan => sold is not null && plan.MonthlyPrice.Currency == sold.MonthlyPrice.Currency && plan.MonthlyPrice.Amount > sold.MonthlyPrice.Amount)
            .OrderBy(plan => plan.MonthlyPrice.Amount)
            .Select((plan, step) => new Candidate(OfferKind.Upsell, plan.Name, 1.0 / (step + 1), "plans")
            {
                Title = plan.Name,
                Price = plan.MonthlyPrice,
                Like = LikePlans,
                Gains = plan.GainsOver(current),
                Values = [ValueProposition.Capability, ValueProposition.Capacity, ValueProposition.SocialProof],
                Frames = [PricingFrame.AgainstCurrentSpend, PricingFrame.AgainstAlternatives, PricingFrame.PerDay],
            });
        return sold?.AnnualPrice is { } annual && terms.Interval == Timing.Signals.BillingInterval.Month
            ? [.. higher, Annual(sold, annual)]
            : [.. higher];
    }

    private static Candidate Annual(PlanOffer plan, Money price) => new(OfferKind.Annual, $"{plan.Name}:annual", 0.5, "plans")
    {
        Title = $"{plan.Name} by the year",
        Price = price,
        Values = [ValueProposition.Saving, ValueProposition.Convenience],
        Frames = [PricingFrame.AgainstCurrentSpend, PricingFrame.PerDay],
    };
}
