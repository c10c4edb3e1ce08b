using System.Globalization;
using Expansion.Engine.Offers.Pricing.Plans;
using Expansion.Engine.Timing.Signals;

namespace Expansion.Engine.Offers;

/// <summary>What a customer has of the plans a shop sells, and would have.</summary>
public static class PlanGains
{
    /// <summary>The plan as it is sold, on sale still or not; null for one the shop hasn't told of.</summary>
    public static Plan? Sold(this PlanLadder plans, PlanTerms terms) => plans.Plans.FirstOrDefault(plan => plan.Id == terms.Plan);

    /// <summary>What the plan includes: as the customer has it, else as it is sold; empty when neither is known.</summary>
    public static IReadOnlyList<string> FeaturesOf(this PlanLadder plans, PlanTerms terms) => terms.Features ?? plans.Sold(terms)?.Features ?? [];

    /// <summary>What this plan adds to the customer's, each in words: without any, asking more for it would be price gouging.</summary>
    /// <param name="terms">The customer's plan; what it leaves open is as in <paramref name="sold"/>.</param>
    public static IReadOnlyList<string> GainsOver(this Plan plan, PlanTerms terms, Plan sold) =>
    [
        .. plan.Features.Except(terms.Features ?? sold.Features),
        .. from limit in plan.Limits.Keys.Order(StringComparer.Ordinal)
           let have = terms.Limits?.TryGetValue(limit, out var known) == true ? Words(known) : Words(sold.Limits.TryGetValue(limit, out var most) ? (double?)most : 0)
           let gained = Words((double?)plan.Limits[limit])
           where gained.Amount > have.Amount
           select $"{gained.Text} {limit} instead of {have.Text}",
    ];

    private static (double Amount, string Text) Words(double? limit) =>
        limit is { } amount ? (amount, amount.ToString("#,0.##", CultureInfo.InvariantCulture)) : (double.PositiveInfinity, "unlimited");
}
