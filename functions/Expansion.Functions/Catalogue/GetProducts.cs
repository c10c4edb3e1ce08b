using System.Globalization;
using Expansion.Engine;
using Expansion.Engine.Recommendations.Catalogue;
using Expansion.Functions.Recommendations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Expansion.Functions.Catalogue;

/// <summary>A shop's products as this instance serves them: those named by sku=, else all in order of their SKUs, a page at a time.</summary>
public sealed class GetProducts(ServingCache serving)
{
    private const int DefaultPage = 100;
    private const int MostOnPage = 1000;

    [Asks("sku", "after", "page_size")]
    [Function(nameof(GetProducts))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "shops/{shop}/products")] HttpRequest request, string shop, CancellationToken cancellationToken)
    {
        if (!ShopId.TryFrom(shop, out var id) || await serving.FindAsync(id, cancellationToken) is not { } served)
        {
            return Problems.UnknownShop(shop);
        }

        var size = DefaultPage;
        if (request.Query.TryGetValue("page_size", out var text)
            && (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out size) || size is < 1 or > MostOnPage))
        {
            return Problems.BadRequest($"page_size is '{text}'; it must be a whole number from 1 to {MostOnPage}.");
        }

        var named = request.Query["sku"].OfType<string>().Select(sku => new Sku(sku)).ToList();
        var after = new Sku(request.Query["after"].ToString());
        List<CatalogueItem> page = named.Count > 0
            ? [.. named.Select(served.Catalogue.Find).OfType<CatalogueItem>()]
            : [.. served.Catalogue.Items.Where(item => item.Sku.CompareTo(after) > 0).OrderBy(item => item.Sku).Take(size)];
        return Results.Ok(new { Products = page, Total = served.Catalogue.Count, After = named.Count == 0 && page.Count == size ? page[^1].Sku.Value : null });
    }
}
