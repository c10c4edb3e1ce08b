using Expansion.Engine;
using Expansion.Engine.Shops;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Expansion.Functions.Shopify;

public sealed class GetBackfill(IBackfillStore backfills)
{
    [Function(nameof(GetBackfill))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "shops/{shop}/backfill")] HttpRequest request, string shop, CancellationToken cancellationToken) =>
        ShopId.TryFrom(shop, out var id) && await backfills.FindAsync(id, cancellationToken) is { } stored
            ? Results.Ok(stored.Backfill)
            : Problems.NotFound($"The shop '{shop}' has had no backfill. Start one with POST /api/shops/{{shop}}/backfill.");
}
