using Expansion.Engine;
using Expansion.Engine.Offers;
using Expansion.Engine.Offers.Pricing;
using Expansion.Engine.Offers.Pricing.Honesty;

namespace Expansion.Functions.Storefront;

/// <summary>What a page needs to show a product and to put it into the cart.</summary>
public sealed class StorefrontShelf(IPriceHistoryStore prices, IPricingDocuments documents, TimeProvider time)
{
    private const string Variant = "variant:";

    /// <summary>Null for what can't be put into a cart: a plan, a product whose variant or price isn't known.</summary>
    internal async Task<StorefrontOffer?> FindAsync(ShopId shop, string id, ChosenOffer offer, CancellationToken cancellationToken)
    {
        var sku = new Sku(offer.Target);
        if (!offer.Target.StartsWith(Variant, StringComparison.Ordinal) || offer is not { Title: { } title, Price: { Amount: > 0 } known })
        {
            return null;
        }

        var settings = (await documents.FindAsync<PricingSettings>(shop, PricingSettings.Document, cancellationToken))?.Value ?? new();
        var history = (await prices.FindAsync(shop, [sku], cancellationToken)).GetValueOrDefault(sku, []);
        var price = (history is [.., var last] ? last.Price : known).Rounded();
        var before = Reduction.Of(sku, history, settings, time.GetUtcNow())?.Before;
        return new(id, offer.Target[Variant.Length..], title, price.Amount, before?.Amount, price.Currency);
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
