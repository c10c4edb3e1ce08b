namespace Expansion.Engine.Offers.Pricing.Plans;

/// <summary>What two plans give, compared attribute by attribute: features, limits and price.</summary>
public static class PlanComparison
{
    /// <summary>At least every feature and limit of the other.</summary>
    public static bool GivesAtLeast(this Plan plan, Plan other) =>
        other.Features.All(plan.Features.Contains)
        && other.Limits.All(limit => Limit(plan, limit.Key) >= Limit(other, limit.Key));

    /// <summary>At least as good in everything, price included, and better in something: nobody who compares the two would take the other.</summary>
    public static bool Dominates(this Plan plan, Plan other) =>
        plan.Monthly.Amount <= other.Monthly.Amount && plan.GivesAtLeast(other)
        && (plan.Monthly.Amount < other.Monthly.Amount || !other.GivesAtLeast(plan));

    /// <summary>The limit of a name, unlimited being the largest number and a missing one 0.</summary>
    internal static decimal Limit(Plan plan, string name) => plan.Limits.TryGetValue(name, out var limit) ? limit ?? decimal.MaxValue : 0;
}
