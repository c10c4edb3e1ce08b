using Expansion.Engine.Affinity;
using Microsoft.Azure.Functions.Worker;

namespace Expansion.Functions.Affinity;

public sealed class RecomputeShop(ShopRecompute recompute)
{
    [Function(nameof(RecomputeShop))]
    public async Task Run([QueueTrigger(RecomputeDue.Queue)] RecomputeDue message, CancellationToken cancellationToken) =>
        await recompute.StartAsync(message.Shop, cancellationToken);
}
