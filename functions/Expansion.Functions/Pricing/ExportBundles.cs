using Expansion.Connectors.Shopify.Csv;
using Expansion.Engine;
using Expansion.Engine.Offers.Bundles;
using Expansion.Engine.Offers.Pricing;
using Expansion.Engine.Shops;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Expansion.Functions.Pricing;

/// <summary>A shop's bundles as a file for Shopify's product import.</summary>
public sealed class ExportBundles(IShopStore shops, IPricingDocuments documents)
{
    [Function(nameof(ExportBundles))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "shops/{shop}/bundles/export")] HttpRequest request, string shop, CancellationToken cancellationToken)
    {
        if (!ShopId.TryFrom(shop, out var id) || await shops.FindAsync(id, cancellationToken) is null)
        {
            return Problems.UnknownShop(shop);
        }

        using var file = new MemoryStream();
        ShopifyBundleCsv.Write((await documents.FindAsync<BundleSet>(id, BundleSet.Document, cancellationToken))?.Value.Plan.Bundles ?? [], file);
        return Results.File(file.ToArray(), "text/csv; charset=utf-8", $"{id}.bundles.csv");
    }
}
