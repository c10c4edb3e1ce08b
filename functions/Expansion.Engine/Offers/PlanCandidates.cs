using Expansion.Engine.Offers.Pricing.Plans;
using Expansion.Engine.Timing;
using Expansion.Engine.Timing.Signals;

namespace Expansion.Engine.Offers;

/// <summary>The higher plans a customer could have, and the same one by the year. Nothing for who has a plan that isn't known.</summary>
public static class PlanCandidates
{
    /// <summary>Upsells are alike: a no to one plan is a no to plans.</summary>
    public const string LikePlans = "plans";

    public static IReadOnlyList<Candidate> Find(TimingContext context)
    {
        if (context.Customer.Subscription is not { IsCancelled: false, Terms.Value: { } terms } || context.Plans.Sold(terms) is not { } sold)
        {
            return [];
        }

        // One step up is a smaller ask than two.
        var higher = context.Plans.Shown().Where(plan => plan.Monthly.Amount > sold.Monthly.Amount).Select((plan, step) => new Candidate(OfferKind.Upsell, plan.Id, 1.0 / (step + 1), "plans")
        {
            Title = plan.Name,
            Price = plan.Monthly,
            Like = LikePlans,
            Gains = plan.GainsOver(terms, sold),
            Values = [ValueProposition.Capability, ValueProposition.Capacity, ValueProposition.SocialProof],
            Frames = [PricingFrame.AgainstCurrentSpend, PricingFrame.AgainstAlternatives, PricingFrame.PerDay],
        });
        return sold is { OnSale: true, Annual: { } annual } && terms.Interval == BillingInterval.Month ? [.. higher, ByTheYear(sold, annual)] : [.. higher];
    }

    private static Candidate ByTheYear(Plan plan, Money price) => new(OfferKind.Annual, $"{plan.Id}:annual", 0.5, "plans")
    {
        Title = $"{plan.Name} by the year",
        Price = price,
        Values = [ValueProposition.Saving, ValueProposition.Convenience],
        Frames = [PricingFrame.AgainstCurrentSpend, PricingFrame.PerDay],
    };
}
