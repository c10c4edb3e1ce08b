using Expansion.Engine;
using Expansion.Engine.Offers;
using Expansion.Engine.Offers.Pricing;
using Expansion.Engine.Offers.Pricing.Honesty;
using Expansion.Engine.Recommendations.Catalogue;

namespace Expansion.Functions.Storefront;

/// <summary>What a page needs to show a product and to put it into the cart.</summary>
public sealed class StorefrontShelf(ICatalogueStore catalogue, IPriceHistoryStore prices, IPricingDocuments documents, TimeProvider time)
{
    /// <summary>What the key of a variant without a SKU begins with.</summary>
    private const string Variant = "variant:";

    /// <summary>Null for what can't be put into a cart: a plan, a product that is sold out, or whose variant or price isn't known.</summary>
    internal async Task<StorefrontOffer?> FindAsync(ShopId shop, string id, ChosenOffer offer, CancellationToken cancellationToken)
    {
        var sku = new Sku(offer.Target);
        var item = (await catalogue.FindAsync(shop, [sku], cancellationToken)).SingleOrDefault()?.Item ?? new CatalogueItem(sku);
        var variant = item.VariantId ?? (offer.Target.StartsWith(Variant, StringComparison.Ordinal) ? offer.Target[Variant.Length..] : null);
        if (variant is null || !item.InStock() || (item.Price ?? offer.Price) is not { Amount: > 0 } price || (item.FullTitle() ?? offer.Title) is not { } title)
        {
            return null;
        }

        var settings = (await documents.FindAsync<PricingSettings>(shop, PricingSettings.Document, cancellationToken))?.Value ?? new();
        var history = (await prices.FindAsync(shop, [sku], cancellationToken)).GetValueOrDefault(sku, []);
        var reduction = Reduction.Of(sku, history, settings, time.GetUtcNow());
        return new(id, variant, title, price.Rounded().Amount, reduction?.Price == price ? reduction.Before.Amount : null, price.Currency)
        {
            Url = item.Handle is { } handle ? $"/products/{Uri.EscapeDataString(handle)}?variant={variant}" : null,
            Image = item.Image?.StartsWith("//", StringComparison.Ordinal) == true ? $"https:{item.Image}" : item.Image,
        };
    }
}

/// <param name="Id">What signals about the offer, and the line it becomes in an order, refer to.</param>
/// <param name="Variant">Shopify's id, as text: it may have more digits than a number of JavaScript's holds.</param>
/// <param name="Price">In major units.</param>
/// <param name="Was">The price before, where there is one that may be named.</param>
internal sealed record StorefrontOffer(string Id, string Variant, string Title, decimal Price, decimal? Was, string Currency)
{
    /// <summary>The product's page, from the shop's root.</summary>
    public string? Url { get; init; }

    public string? Image { get; init; }
}
