using Expansion.Engine.Metrics.Facts;

namespace Expansion.Engine.Metrics.Recurring;

/// <summary>One customer's subscriptions taken together, so that a change from one to another is no churn.</summary>
internal sealed class PayingCustomer(CustomerId customer, IReadOnlyList<SubscriptionRevenue> billed, PlanHistory? plans, string currency)
{
    private readonly IReadOnlyList<SubscriptionRevenue> _told = billed.Count > 0 ? billed : plans is null ? [] : [plans.Revenue(currency)];

    public DateTimeOffset Since => _told.SelectMany(subscription => subscription.Levels).Select(level => level.From).Concat(plans?.Changes.Select(change => change.At) ?? []).Min();

    private IEnumerable<SubscriptionRevenue> Counted => _told.Where(subscription => Foreign(subscription) is null);

    public CustomerMonth Month(DateTimeOffset start, DateTimeOffset end, PlanRanks ranks) => new(
        customer, YearMonth.Of(Since), plans?.Plans(start, end, ranks.Of, ranks.Top) ?? default, Movements(start, end), [.. Events(start, end)]);

    public MrrMovements Movements(DateTimeOffset start, DateTimeOffset end) => MrrMovements.Of(
        Counted.Sum(subscription => subscription.At(start)?.Amount ?? 0),
        Counted.Sum(subscription => subscription.At(end)?.Amount ?? 0),
        Counted.Any(subscription => subscription.PaidBefore(start)));

    /// <summary>The currencies of subscriptions that aren't counted.</summary>
    public IEnumerable<string> Elsewhere(DateTimeOffset end) => _told.Where(subscription => subscription.At(end)?.Amount > 0).Select(Foreign).OfType<string>();

    private string? Foreign(SubscriptionRevenue subscription) => subscription.Levels.Find(level => level.Mrr.Currency != currency)?.Mrr.Currency;

    private IEnumerable<SubscriptionEvent> Events(DateTimeOffset start, DateTimeOffset end)
    {
        var levels = billed.SelectMany(subscription => subscription.Levels.Select(level => new SubscriptionEvent(level.From, subscription.Subscription, null, level.Mrr)));
        var changes = plans?.Changes.Select(change => new SubscriptionEvent(
            change.At, null, change.Plan, change.Mrr is { } mrr && billed.Count == 0 ? new Money(mrr, change.Currency ?? currency) : null)) ?? [];
        return levels.Concat(changes).Where(told => told.At >= start && told.At < end).OrderBy(told => told.At);
    }
}

/// <summary>What a month of one customer adds to its figures, and what happened in it.</summary>
/// <param name="Cohort">The month of their first subscription.</param>
public sealed record CustomerMonth(CustomerId Customer, YearMonth Cohort, PlanSums Plans, MrrMovements Mrr, IReadOnlyList<SubscriptionEvent> Events);

/// <param name="Subscription">Where billing told it.</param>
/// <param name="Plan">Where a plan was told; with neither, it ended.</param>
/// <param name="Mrr">From then on, where it was told.</param>
public sealed record SubscriptionEvent(DateTimeOffset At, string? Subscription, string? Plan, Money? Mrr);

/// <summary>Plans by their price: a higher rank is a higher plan. A plan goes by its id or its name.</summary>
public sealed class PlanRanks(IReadOnlyCollection<(string Id, string Name, decimal Monthly)> plans)
{
    private readonly Dictionary<string, int> _ranks = plans.OrderBy(plan => plan.Monthly).Index()
        .SelectMany(plan => new[] { (Name: plan.Item.Id, plan.Index), (plan.Item.Name, plan.Index) })
        .DistinctBy(plan => plan.Name, StringComparer.OrdinalIgnoreCase).ToDictionary(plan => plan.Name, plan => plan.Index, StringComparer.OrdinalIgnoreCase);

    public int Top => plans.Count - 1;

    /// <summary>Null for a plan that isn't known, whose changes are no upgrades.</summary>
    public int? Of(string plan) => _ranks.TryGetValue(plan, out var rank) ? rank : null;
}
