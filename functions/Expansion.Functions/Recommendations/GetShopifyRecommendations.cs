using System.Globalization;
using System.Text.Json;
using Expansion.Connectors.Shopify;
using Expansion.Engine;
using Expansion.Engine.Recommendations;
using Expansion.Engine.Recommendations.Serving;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Expansion.Functions.Recommendations;

/// <summary>
/// Recommendations in the form of Shopify's own product recommendations, so that a theme changes a URL and nothing else: product_id, limit 1 to 10, intent related
/// (what could take the product's place, too) or complementary (what adds to it); its errors are answered as there.
/// </summary>
public sealed class GetShopifyRecommendations(ServingCache serving, ShopRecommender recommender)
{
    private const int MostProducts = 10;

    /// <summary>Some of what is found are variants of one product.</summary>
    private const int VariantsPerProduct = 3;

    /// <summary>Shopify writes what is null.</summary>
    private static readonly JsonSerializerOptions Ajax = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    [Asks("shop", "product_id", "limit", "intent", "cart")]
    [Function(nameof(GetShopifyRecommendations))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "recommendations/products.json")] HttpRequest request, CancellationToken cancellationToken)
    {
        var (productId, intent) = (request.Query["product_id"].ToString(), request.Query.TryGetValue("intent", out var given) ? given.ToString() : "related");
        if (productId.Length == 0)
        {
            return Error(422, "Invalid parameter error", "A product_id value is missing");
        }

        if (intent is not ("related" or "complementary"))
        {
            return Error(422, "Invalid parameter error", "The intent parameter must be one of related, complementary");
        }

        if (!ShopId.TryFrom(request.Query["shop"], out var id) || await serving.FindAsync(id, cancellationToken) is not { } shop || shop.Catalogue.OfFamily(productId) is not { Count: > 0 } variants)
        {
            return Error(404, "Product not found", $"No product with id {productId} is published in the online store");
        }

        var limit = int.TryParse(request.Query["limit"], NumberStyles.None, CultureInfo.InvariantCulture, out var asked) ? Math.Clamp(asked, 1, MostProducts) : MostProducts;
        var cart = request.Query["cart"].ToString().Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(sku => new Sku(sku));
        var shelf = new ShelfRequest
        {
            Context = [.. variants.Take(1).Concat(cart).Distinct().Take(RecommendationQuery.MaxProducts)],
            Touchpoint = Touchpoint.ProductPage,
            Kind = intent == "complementary" ? PickKind.CrossSell : null,
            Limit = limit * VariantsPerProduct,
        };
        var answer = await recommender.RecommendAsync(shop, shelf, customer: null, affinityOnly: false, cancellationToken);
        var products = answer.Picks.Select(pick => pick.Item?.Family()).OfType<string>().Distinct().Where(family => family != productId).Take(limit)
            .Select(family => AjaxProduct.Of([.. shop.Catalogue.OfFamily(family).Select(shop.Catalogue.Find).OfType<Engine.Recommendations.Catalogue.CatalogueItem>()], productId));
        return Results.Json(new { intent, products = products.ToList() }, Ajax);
    }

    private static IResult Error(int status, string message, string description) => Results.Json(new { status, message, description }, Ajax, statusCode: status);
}
