using Expansion.Connectors.Shopify;
using Expansion.Engine;
using Expansion.Engine.Shops;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Options;

namespace Expansion.Functions.Shopify;

/// <summary>POST publishes the approved pairs now, DELETE takes back all that was published.</summary>
public sealed class RequestComplementary(IOptionsMonitor<ShopifyOptions> options, IMessageQueue queue)
{
    [Function(nameof(RequestComplementary))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "post", "delete", Route = "shops/{shop}/complementary")] HttpRequest request, string shop, CancellationToken cancellationToken)
    {
        if (!ShopId.TryFrom(shop, out var id) || options.CurrentValue.Find(id) is not { } configured)
        {
            return Problems.NotFound($"The shop '{shop}' isn't configured under Shopify:Shops.");
        }

        var withdraw = HttpMethods.IsDelete(request.Method);
        if (configured.AccessToken is null || (!withdraw && !configured.PublishComplementary))
        {
            return Problems.Conflict($"{id} doesn't publish: set Shopify:Shops:…:AccessToken, with the scopes read_products and write_products, and PublishComplementary.");
        }

        await queue.SendAsync(ComplementaryDue.Queue, new ComplementaryDue(id, withdraw), cancellationToken);
        return Results.Accepted();
    }
}
