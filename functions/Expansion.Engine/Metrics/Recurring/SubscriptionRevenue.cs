using System.Collections.Immutable;
using Expansion.Engine.Metrics.Facts;

namespace Expansion.Engine.Metrics.Recurring;

/// <summary>What one subscription brings a month, over time.</summary>
public sealed record SubscriptionRevenue(string Subscription, CustomerId Customer)
{
    /// <summary>More changes than the longest window is likely to hold; older ones are dropped.</summary>
    public const int MaxLevels = 200;

    /// <summary>Oldest first. Zero: it brings nothing, as when it is cancelled, paused or on trial.</summary>
    public ImmutableList<RevenueLevel> Levels { get; init; } = [];

    /// <summary>Takes a level in, in any order; a second one of the same time replaces the first.</summary>
    public SubscriptionRevenue With(RevenueLevel level) => this with
    {
        Levels = [.. Levels.RemoveAll(known => known.From == level.From).Add(level).OrderBy(known => known.From).TakeLast(MaxLevels)],
    };

    /// <summary>Null before the first.</summary>
    public Money? At(DateTimeOffset time) => Levels.LastOrDefault(level => level.From < time)?.Mrr;

    public bool PaidBefore(DateTimeOffset time) => Levels.Exists(level => level.From < time && level.Mrr.Amount > 0);
}

/// <param name="From">Until the next one.</param>
public sealed record RevenueLevel(DateTimeOffset From, Money Mrr);

public static class RecurringRevenue
{
    /// <summary>
    /// The movements between two times, a customer's subscriptions taken together, so that a change from one to another is no churn.
    /// One currency: subscriptions in others are left out and counted.
    /// </summary>
    public static (MrrMovements Movements, int LeftOut) Between(IEnumerable<SubscriptionRevenue> subscriptions, DateTimeOffset start, DateTimeOffset end, string currency)
    {
        var all = subscriptions.ToLookup(subscription => subscription.Levels.TrueForAll(level => level.Mrr.Currency == currency));
        var movements = all[true].GroupBy(subscription => subscription.Customer).Aggregate(
            MrrMovements.None,
            (sum, customer) => sum + MrrMovements.Of(
                customer.Sum(subscription => subscription.At(start)?.Amount ?? 0),
                customer.Sum(subscription => subscription.At(end)?.Amount ?? 0),
                customer.Any(subscription => subscription.PaidBefore(start))));
        return (movements, all[false].Count());
    }
}
