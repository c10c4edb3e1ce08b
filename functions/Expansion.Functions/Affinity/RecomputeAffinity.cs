using Expansion.Engine;
using Expansion.Engine.Affinity;
using Expansion.Engine.Shops;
using Microsoft.Azure.Functions.Worker;

namespace Expansion.Functions.Affinity;

/// <summary>Every night: one message per shop, so that shops are recomputed side by side and one that fails stops no other.</summary>
public sealed class RecomputeAffinity(IShopStore shops, IMessageQueue queue)
{
    [Function(nameof(RecomputeAffinity))]
    public async Task Run([TimerTrigger("0 0 2 * * *")] TimerInfo timer, CancellationToken cancellationToken)
    {
        await foreach (var shop in shops.ListAsync(cancellationToken))
        {
            await queue.SendAsync(RecomputeDue.Queue, new RecomputeDue(shop.Id), cancellationToken);
        }
    }
}
