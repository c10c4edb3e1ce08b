using Expansion.Engine;
using Expansion.Engine.Offers.Pricing;
using Expansion.Engine.Offers.Pricing.Honesty;
using Expansion.Engine.Shops;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Expansion.Functions.Pricing;

/// <summary>What was charged for ?product=, and what its price may be compared with if it were reduced now.</summary>
public sealed class GetPrices(IShopStore shops, IPriceHistoryStore prices, IPricingDocuments documents, TimeProvider time)
{
    [Answers<PriceReport>]
    [Function(nameof(GetPrices))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "shops/{shop}/prices")] HttpRequest request, string shop, CancellationToken cancellationToken)
    {
        if (!ShopId.TryFrom(shop, out var id) || await shops.FindAsync(id, cancellationToken) is null)
        {
            return Problems.UnknownShop(shop);
        }

        if (request.Query["product"] is not [{ Length: > 0 and <= Sku.MaxLength } product])
        {
            return Problems.BadRequest("Say of which product: ?product=SKU");
        }

        var sku = new Sku(product);
        var settings = (await documents.FindAsync<PricingSettings>(id, PricingSettings.Document, cancellationToken))?.Value ?? new();
        var history = (await prices.FindAsync(id, [sku], cancellationToken)).GetValueOrDefault(sku, []);
        return Results.Ok(new PriceReport(sku, history, PriorPrice.Of(history, time.GetUtcNow(), settings)));
    }
}

/// <param name="PriorPrice">The lowest of the days before now.</param>
internal sealed record PriceReport(Sku Product, IReadOnlyList<PriceChange> History, PriorPrice PriorPrice);
