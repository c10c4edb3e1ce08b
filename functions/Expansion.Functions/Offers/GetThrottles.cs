using Expansion.Engine;
using Expansion.Engine.Shops;
using Expansion.Engine.Timing;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Expansion.Functions.Offers;

/// <summary>What is offered less because it annoys, and why.</summary>
public sealed class GetThrottles(IShopStore shops, IShopTimingStore timings)
{
    [Answers<ThrottleList>]
    [Asks("shop")]
    [Function(nameof(GetThrottles))]
    public async Task<IResult> Run([HttpTrigger(AuthorizationLevel.Function, "get", Route = "offers/throttles")] HttpRequest request, CancellationToken cancellationToken) =>
        ShopId.TryFrom(request.Query["shop"], out var shop) && await shops.FindAsync(shop, cancellationToken) is not null
            ? Results.Ok(new ThrottleList([.. (await timings.FactsAsync(shop, cancellationToken)).Throttles.Values.OrderBy(throttle => throttle.Key, StringComparer.Ordinal)]))
            : Problems.UnknownShop(request.Query["shop"]);
}

internal sealed record ThrottleList(IReadOnlyList<Throttle> Throttles);
