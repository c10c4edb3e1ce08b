using Expansion.Engine;
using Expansion.Engine.Shops;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Expansion.Functions.Shops;

/// <summary>The shops of this app, by name: for who runs it, to choose one.</summary>
public sealed class ListShops(IShopStore shops)
{
    [OfAllShops]
    [Answers<ShopsAnswer>]
    [Function(nameof(ListShops))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "shops")] HttpRequest request, CancellationToken cancellationToken) =>
        Results.Ok(new ShopsAnswer(await shops.ListAsync(cancellationToken).Select(shop => shop.Id).OrderBy(shop => shop.Value).ToListAsync(cancellationToken)));
}

internal sealed record ShopsAnswer(IReadOnlyList<ShopId> Shops);
