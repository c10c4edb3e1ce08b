using System.Collections.Immutable;

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
