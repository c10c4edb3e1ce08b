using Expansion.Engine;
using Expansion.Engine.Affinity;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Expansion.Functions.Affinity;

public sealed class GetRecomputeStatus(IRecomputeStatusStore statuses)
{
    [Answers<RecomputeStatus>]
    [Function(nameof(GetRecomputeStatus))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "shops/{shop}/recompute")] HttpRequest request, string shop, CancellationToken cancellationToken) =>
        ShopId.TryFrom(shop, out var id) && await statuses.FindAsync(id, cancellationToken) is { } status
            ? Results.Ok(status)
            : Problems.NotFound($"No recompute of the shop '{shop}' is known. Start one with POST /api/shops/{{shop}}/recompute.");
}
