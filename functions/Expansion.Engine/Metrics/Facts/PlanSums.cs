namespace Expansion.Engine.Metrics.Facts;

/// <summary>A customer's plan at both ends of a month. A higher rank is a higher plan; null: no customer then.</summary>
public sealed record PlanMonth(bool ActiveAtStart, int? StartRank, int? EndRank, bool Trial = false, bool TopTier = false);

/// <summary>Who could have upgraded in a month, and who did. Combines with +.</summary>
public readonly record struct PlanSums(long Eligible, long Upgraded)
{
    /// <summary>
    /// Eligible: active at the start, not on trial, not on the top plan. Only the ends count: an upgrade undone within the month is none,
    /// and who left stays among the eligible.
    /// </summary>
    public static PlanSums Of(PlanMonth customer) => customer is { ActiveAtStart: true, Trial: false, TopTier: false, StartRank: { } start }
        ? new(1, customer.EndRank > start ? 1 : 0)
        : default;

    public static PlanSums operator +(PlanSums left, PlanSums right) => new(left.Eligible + right.Eligible, left.Upgraded + right.Upgraded);

    public static PlanSums Add(PlanSums left, PlanSums right) => left + right;
}
