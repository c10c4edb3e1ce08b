using Expansion.Engine;
using Expansion.Engine.Metrics;
using Expansion.Engine.Shops;
using Microsoft.Azure.Functions.Worker;

namespace Expansion.Functions.Metrics;

/// <summary>Every night: months that are over, and alerts.</summary>
public sealed class CloseMetrics(IShopStore shops, IMessageQueue queue)
{
    [Function(nameof(CloseMetrics))]
    public async Task Run([TimerTrigger("0 40 3 * * *")] TimerInfo timer, CancellationToken cancellationToken)
    {
        await foreach (var shop in shops.ListAsync(cancellationToken))
        {
            await queue.SendAsync(RollUpDue.Queue, new RollUpDue(shop.Id, Close: true), cancellationToken);
        }
    }
}
