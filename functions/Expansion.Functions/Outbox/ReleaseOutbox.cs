using Expansion.Engine;
using Expansion.Engine.Outbox;
using Expansion.Engine.Shops;
using Microsoft.Azure.Functions.Worker;

namespace Expansion.Functions.Outbox;

/// <summary>Every minute: sends off what is due, and comes by again in case that message is lost.</summary>
public sealed class ReleaseOutbox(IShopStore shops, IOutboxStore store, IMessageQueue queue, TimeProvider time)
{
    private static readonly TimeSpan ComeBy = TimeSpan.FromMinutes(15);

    [Function(nameof(ReleaseOutbox))]
    public async Task Run([TimerTrigger("30 * * * * *")] TimerInfo timer, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await foreach (var shop in shops.ListAsync(cancellationToken))
        {
            await foreach (var look in store.DueAsync(shop.Id, now, cancellationToken))
            {
                // A pending item with a later time has a look of its own for it.
                if (await store.FindAsync(look.Key, cancellationToken) is { Item: { State: OutboxState.Pending } item } && item.NextAt <= now)
                {
                    await store.AddAsync(look with { At = now + ComeBy }, cancellationToken);
                    await queue.SendAsync(OutboxDue.Queue, new OutboxDue(look.Key), cancellationToken);
                }

                await store.RemoveAsync(look, cancellationToken);
            }
        }
    }
}
