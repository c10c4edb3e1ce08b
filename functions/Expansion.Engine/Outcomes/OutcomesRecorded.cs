using Expansion.Engine.Metrics.Facts;

namespace Expansion.Engine.Outcomes;

/// <summary>Outcomes, exposures and changes of plans of one shop. A repeat changes nothing.</summary>
public sealed record OutcomesRecorded(ShopId Shop, IReadOnlyList<Outcome> Outcomes)
{
    public const string Queue = "outcome-recorded";

    public IReadOnlyList<Exposure> Exposures { get; init; } = [];

    public IReadOnlyList<PlanChange> Plans { get; init; } = [];

    public bool IsEmpty => Outcomes.Count == 0 && Exposures.Count == 0 && Plans.Count == 0;
}

/// <summary>An order, or what is known of it, changed: what it brought is to be credited to what its customer was shown.</summary>
public sealed record OrderToCredit(ShopId Shop, OrderId Order)
{
    public const string Queue = "order-credit-due";
}
