namespace Expansion.Engine.Orders;

/// <summary>The newest version of every order that arrived singly, and which months have changed since they were last folded into their basket segment.</summary>
public interface IOrderStore
{
    /// <summary>Keeps the order unless a newer version is known, takes its known refunds off, and marks its month changed. Can be repeated.</summary>
    Task SaveAsync(ShopId shop, Order order, CancellationToken cancellationToken);

    /// <summary>Keeps the refund, and takes it off its order now or when that arrives. Can be repeated.</summary>
    Task SaveAsync(ShopId shop, Refund refund, CancellationToken cancellationToken);

    /// <summary>One order as it stands, by point reads; null when it hasn't arrived singly.</summary>
    Task<KnownOrder?> FindAsync(ShopId shop, OrderId order, CancellationToken cancellationToken);

    IAsyncEnumerable<Order> ReadAsync(ShopId shop, YearMonth month, CancellationToken cancellationToken);

    Task<IReadOnlyList<ChangedMonth>> ChangedMonthsAsync(ShopId shop, CancellationToken cancellationToken);

    /// <summary>Takes the mark off, unless the month has changed again since it was read.</summary>
    Task ClearAsync(ShopId shop, ChangedMonth month, CancellationToken cancellationToken);
}

/// <param name="Refunds">All that are known of it, taken off already.</param>
public sealed record KnownOrder(Order Order, IReadOnlyList<Refund> Refunds);

public sealed record ChangedMonth(YearMonth Month, string Version);
