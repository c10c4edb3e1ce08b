using Expansion.Engine;
using Expansion.Engine.Affinity;
using Expansion.Engine.Offers.Pricing;
using Expansion.Engine.Orders;
using Expansion.Engine.Recommendations;
using Expansion.Engine.Shops;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Expansion.Functions.Pricing;

/// <summary>What brings a cart above the shop's threshold, e.g. for free shipping: ?cart=a,b&amp;total=80.</summary>
public sealed class GetCartThreshold(IShopStore shops, IPricingDocuments documents, IAffinityStore affinities, IProductStore products, TimeProvider time)
{
    private const int MostInCart = 100;

    /// <summary>So many products that go with the cart are looked at.</summary>
    private const int Candidates = 50;
    private const decimal MostTotal = 1_000_000_000;

    [Function(nameof(GetCartThreshold))]
    [Asks("cart", "total", "limit")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "shops/{shop}/cart-threshold")] HttpRequest request, string shop, CancellationToken cancellationToken)
    {
        var query = new QueryReader(request.Query);
        var cart = (query.Text("cart") ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(sku => new Sku(sku)).ToHashSet();
        var total = query.Number("total", 0, (double)MostTotal);
        var limit = query.Whole("limit", 1, Candidates) ?? 5;
        query.Check(cart.Count is > 0 and <= MostInCart && cart.All(sku => sku.Value.Length <= Sku.MaxLength), $"Say what is in the cart, 1 to {MostInCart} products: ?cart=SKU,SKU");
        query.Check(total is not null, "Say what the cart comes to: &total=80");
        if (query.Problem() is { } problem)
        {
            return problem;
        }

        if (!ShopId.TryFrom(shop, out var id) || await shops.FindAsync(id, cancellationToken) is not { } found)
        {
            return Problems.UnknownShop(shop);
        }

        var settings = (await documents.FindAsync<PricingSettings>(id, PricingSettings.Document, cancellationToken))?.Value ?? new();
        var candidates = await CandidatesAsync(found, cart, cancellationToken);
        var decision = CartThreshold.Decide(new((decimal)total!.Value, found.Settings.Currency), cart, candidates, settings);
        return Results.Ok(decision with { Picks = [.. decision.Picks.Take(limit)] });
    }

    private async Task<IReadOnlyList<CartCandidate>> CandidatesAsync(Shop shop, HashSet<Sku> cart, CancellationToken cancellationToken)
    {
        if (await affinities.CurrentAsync(shop.Id, cancellationToken) is not { } generation)
        {
            return [];
        }

        var rows = await affinities.FindAsync(shop.Id, generation.Id, cart, cancellationToken);
        var picks = AffinityRecommender.Recommend(generation, cart, rows, shop.Settings.LocalTime(time.GetUtcNow()).Month, Candidates).Where(pick => pick.Source == RecommendationSource.Affinity).ToList();
        var known = await products.FindAsync(shop.Id, [.. picks.Select(pick => pick.Sku)], cancellationToken);
        return
        [
            .. picks.SelectMany(pick => known.GetValueOrDefault(pick.Sku) is { Price: { } price } product
                ? new[] { new CartCandidate(pick.Sku, product.Title ?? pick.Title, price, pick.Score) } : []),
        ];
    }
}
