using Expansion.Engine;
using Expansion.Engine.Outbox;

namespace Expansion.Functions.Outbox;

/// <summary>
/// Hands items in, and tries them. Who tries takes the item for a while by a conditional write, so that of two only one does; a try that never ends is
/// noticed when that while is over.
/// </summary>
public sealed class OutboxSender(IOutboxStore store, IMessageQueue queue, IEnumerable<IOutboxChannel> channels, TimeProvider time)
{
    /// <summary>Longer than any try takes.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);

    /// <summary>By then the message of a new item has long been taken, or was lost.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(2);

    /// <summary>A try that is due so soon has a message that shows up then; the timer comes by for the others, and for a message that is lost.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromMinutes(3);

    /// <summary>A queue counts whole seconds, on a clock of its own.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(1);

    private readonly Dictionary<string, IOutboxChannel> _channels = channels.ToDictionary(channel => channel.Carrier);

    /// <summary>Can be repeated: the same item goes out once.</summary>
    public async Task HandInAsync(OutboxItem item, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(OutboxKey.Of(item), cancellationToken) is null && await store.TryAddAsync(item, item.CreatedAt + Grace, cancellationToken))
        {
            await queue.SendAsync(OutboxDue.Queue, new OutboxDue(OutboxKey.Of(item)), cancellationToken);
        }
    }

    /// <returns>The item after the try; null when there was nothing to try.</returns>
    public async Task<OutboxItem?> TryAsync(OutboxKey key, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (await store.FindAsync(key, cancellationToken) is not { Item: { State: OutboxState.Pending } item } stored || item.NextAt > now)
        {
            return null;
        }

        var channel = _channels[item.Carrier];
        if (item.Trying && (!channel.IsRepeatable || item.Attempts > channel.Retries.Count))
        {
            return await SaveAsync(channel, stored with { Item = item.Kill("A try was cut off before its end was known: it may have arrived. Send it again if it hasn't.") }, cancellationToken);
        }

        if (!await store.TrySaveAsync(stored with { Item = item.Begin(now + Lease) }, cancellationToken) || await store.FindAsync(key, cancellationToken) is not { Item.Trying: true } begun)
        {
            return null;
        }

        var result = await channel.DeliverAsync(begun.Item, cancellationToken);
        return await SaveAsync(channel, begun with { Item = begun.Item.End(result, channel.Retries, time.GetUtcNow()) }, cancellationToken);
    }

    /// <summary>Tries a dead item again, from the beginning.</summary>
    /// <returns>False when there is no such dead item.</returns>
    public async Task<bool> ReviveAsync(OutboxKey key, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(key, cancellationToken) is not { Item.State: OutboxState.Dead } stored
            || !await store.TrySaveAsync(stored with { Item = stored.Item.Revive(time.GetUtcNow()) }, cancellationToken))
        {
            return false;
        }

        await queue.SendAsync(OutboxDue.Queue, new OutboxDue(key), cancellationToken);
        return true;
    }

    private async Task<OutboxItem> SaveAsync(IOutboxChannel channel, StoredOutboxItem stored, CancellationToken cancellationToken)
    {
        if (!await store.TrySaveAsync(stored, cancellationToken))
        {
            throw new InvalidOperationException($"{stored.Item.Channel} {stored.Item.Id} of {stored.Item.Shop} was changed by somebody else while it was tried.");
        }

        if (stored.Item.State == OutboxState.Dead)
        {
            await channel.GivenUpAsync(stored.Item, cancellationToken);
        }
        else if (stored.Item.State == OutboxState.Pending && stored.Item.NextAt - time.GetUtcNow() is var wait && wait <= Soon)
        {
            await queue.SendAsync(OutboxDue.Queue, new OutboxDue(OutboxKey.Of(stored.Item)), wait > TimeSpan.Zero ? wait + Margin : TimeSpan.Zero, cancellationToken);
        }

        return stored.Item;
    }
}
