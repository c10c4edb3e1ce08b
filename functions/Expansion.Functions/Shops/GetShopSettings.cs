using Expansion.Engine;
using Expansion.Engine.Shops;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Expansion.Functions.Shops;

public sealed class GetShopSettings(IShopStore shops)
{
    [Answers<ShopSettings>]
    [Function(nameof(GetShopSettings))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "shops/{shop}/settings")] HttpRequest request, string shop, CancellationToken cancellationToken)
    {
        if (!ShopId.TryFrom(shop, out var id) || await shops.FindAsync(id, cancellationToken) is not { } found)
        {
            return Problems.UnknownShop(shop);
        }

        request.HttpContext.Response.Headers.ETag = found.Version;
        return Results.Ok(found.Settings);
    }
}
