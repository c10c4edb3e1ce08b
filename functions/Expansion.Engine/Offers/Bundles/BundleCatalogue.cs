using Expansion.Engine.Offers.Pricing;
using Expansion.Engine.Offers.Pricing.Honesty;
using Expansion.Engine.Orders;

namespace Expansion.Engine.Offers.Bundles;

/// <summary>Puts together what bundles need to know of a shop's products.</summary>
public static class BundleCatalogue
{
    /// <param name="terms">A product without terms is in stock at an unknown cost.</param>
    /// <param name="prices">What was charged so far; a price without a history is the one its orders told, so it was charged.</param>
    public static Dictionary<Sku, BundleProduct> Of(
        IEnumerable<Product> products, IReadOnlyDictionary<Sku, ProductTerms> terms, IReadOnlyDictionary<Sku, IReadOnlyList<PriceChange>> prices, PricingSettings settings, DateTimeOffset now)
    {
        var facts = new HonestyFacts { Prices = prices };
        return products.ToDictionary(product => product.Sku, product => new BundleProduct(product.Sku, product.Title, product.Price, terms.GetValueOrDefault(product.Sku)?.Cost)
        {
            InStock = terms.GetValueOrDefault(product.Sku)?.Stock is not <= 0,
            PriceRefusal = product.Price is { } price && prices.ContainsKey(product.Sku) ? PartsPriceRule.Refuse(new(product.Sku, price), facts, settings, now) : null,
        });
    }

    /// <summary>Prices that the catalogue has and the history hasn't, as charged from now on.</summary>
    public static IReadOnlyList<ProductPrice> News(IEnumerable<Product> products, IReadOnlyDictionary<Sku, IReadOnlyList<PriceChange>> prices, DateTimeOffset now) =>
        [.. products.Where(product => product.Price is { Amount: > 0 } price && (!prices.TryGetValue(product.Sku, out var history) || history[^1].Price != price))
            .Select(product => new ProductPrice(product.Sku, now, product.Price!.Value))];
}
