namespace Expansion.Engine.Outbox;

/// <summary>
/// What is on its way out. An item that is pending always has a row in the schedule at or before the time it is to be looked at, written before the item itself:
/// whatever crashes, somebody comes by.
/// </summary>
public interface IOutboxStore
{
    Task<StoredOutboxItem?> FindAsync(OutboxKey key, CancellationToken cancellationToken);

    /// <summary>Adds an item and schedules a look at <paramref name="lookAt"/>.</summary>
    /// <returns>False when it was handed in before.</returns>
    Task<bool> TryAddAsync(OutboxItem item, DateTimeOffset lookAt, CancellationToken cancellationToken);

    /// <summary>Replaces an item unless it has changed since; schedules a look at its next time, and lists it among the dead when it is.</summary>
    Task<bool> TrySaveAsync(StoredOutboxItem item, CancellationToken cancellationToken);

    /// <summary>The looks of a shop that are due, oldest first.</summary>
    IAsyncEnumerable<OutboxLook> DueAsync(ShopId shop, DateTimeOffset now, CancellationToken cancellationToken);

    Task AddAsync(OutboxLook look, CancellationToken cancellationToken);

    Task RemoveAsync(OutboxLook look, CancellationToken cancellationToken);

    /// <summary>What was given up and not sent again since, newest first.</summary>
    IAsyncEnumerable<OutboxItem> DeadAsync(ShopId shop, CancellationToken cancellationToken);
}

public sealed record OutboxKey(ShopId Shop, string Channel, string Id)
{
    public static OutboxKey Of(OutboxItem item) => new(item.Shop, item.Channel, item.Id);
}

/// <summary>An item to look at, at a time.</summary>
public sealed record OutboxLook(OutboxKey Key, DateTimeOffset At);

/// <param name="Version">An ETag.</param>
public sealed record StoredOutboxItem(OutboxItem Item, string Version);
