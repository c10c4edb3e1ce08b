using Expansion.Engine;
using Expansion.Engine.Offers.Bundles;
using Expansion.Engine.Shops;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Expansion.Functions.Pricing;

/// <summary>Has a shop's bundles made anew, as after new costs or stocks; the nightly recompute does it by itself.</summary>
public sealed class RequestBundles(IShopStore shops, IMessageQueue queue)
{
    [Function(nameof(RequestBundles))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "shops/{shop}/bundles")] HttpRequest request, string shop, CancellationToken cancellationToken)
    {
        if (!ShopId.TryFrom(shop, out var id) || await shops.FindAsync(id, cancellationToken) is null)
        {
            return Problems.UnknownShop(shop);
        }

        await queue.SendAsync(BundlesDue.Queue, new BundlesDue(id), cancellationToken);
        return Results.Accepted(request.Path);
    }
}
