using Expansion.Engine;
using Expansion.Engine.Metrics;
using Expansion.Engine.Shops;
using Microsoft.Azure.Functions.Worker;

namespace Expansion.Functions.Metrics;

/// <summary>Every quarter of an hour: one message per shop.</summary>
public sealed class RollUpMetrics(IShopStore shops, IMessageQueue queue)
{
    [Function(nameof(RollUpMetrics))]
    public async Task Run([TimerTrigger("0 */15 * * * *")] TimerInfo timer, CancellationToken cancellationToken)
    {
        await foreach (var shop in shops.ListAsync(cancellationToken))
        {
            await queue.SendAsync(RollUpDue.Queue, new RollUpDue(shop.Id, Close: false), cancellationToken);
        }
    }
}
