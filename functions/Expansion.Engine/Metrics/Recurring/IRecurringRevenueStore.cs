namespace Expansion.Engine.Metrics.Recurring;

/// <summary>What the subscriptions of a shop bring, as billing tells it.</summary>
public interface IRecurringRevenueStore
{
    /// <summary>Can be repeated, and come in any order.</summary>
    Task AddAsync(ShopId shop, string subscription, CustomerId customer, RevenueLevel level, CancellationToken cancellationToken);

    /// <summary>All of them; for a month's books, not for a request's path.</summary>
    IAsyncEnumerable<SubscriptionRevenue> ReadAsync(ShopId shop, CancellationToken cancellationToken);
}
