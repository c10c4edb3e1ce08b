using Expansion.Engine;
using Expansion.Engine.Shops;
using Expansion.Engine.Timing;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Expansion.Functions.Timing;

public sealed class GetTimingSettings(IShopStore shops, IShopTimingStore timings)
{
    [Answers<TimingSettings>]
    [Function(nameof(GetTimingSettings))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "shops/{shop}/timing")] HttpRequest request, string shop, CancellationToken cancellationToken)
    {
        if (!ShopId.TryFrom(shop, out var id) || await shops.FindAsync(id, cancellationToken) is null)
        {
            return Problems.UnknownShop(shop);
        }

        var stored = await timings.SettingsAsync(id, cancellationToken);
        request.HttpContext.Response.Headers.ETag = stored.Version;
        return Results.Ok(stored.Settings);
    }
}
