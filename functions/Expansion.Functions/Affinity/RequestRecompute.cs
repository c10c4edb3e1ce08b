using Expansion.Engine;
using Expansion.Engine.Affinity;
using Expansion.Engine.Shops;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Expansion.Functions.Affinity;

public sealed class RequestRecompute(IShopStore shops, IRecomputeStatusStore statuses, IMessageQueue queue, TimeProvider time)
{
    [Answers<RecomputeStatus>(202)]
    [Function(nameof(RequestRecompute))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "shops/{shop}/recompute")] HttpRequest request, string shop, CancellationToken cancellationToken)
    {
        if (!ShopId.TryFrom(shop, out var id) || await shops.FindAsync(id, cancellationToken) is null)
        {
            return Problems.UnknownShop(shop);
        }

        var status = new RecomputeStatus(RecomputeState.Queued, RecomputeStage.Folding, time.GetUtcNow());
        await statuses.SaveAsync(id, status, cancellationToken);
        await queue.SendAsync(RecomputeDue.Queue, new RecomputeDue(id), cancellationToken);
        return Results.Accepted(request.Path, status);
    }
}
