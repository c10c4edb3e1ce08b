namespace Expansion.Engine.Offers.Pricing.Honesty;

/// <summary>What was charged for each product, and since when.</summary>
public interface IPriceHistoryStore
{
    /// <summary>Adds to what is known; a change of the same time replaces the one that stood there. Can be repeated.</summary>
    Task AddAsync(ShopId shop, IReadOnlyCollection<ProductPrice> changes, CancellationToken cancellationToken);

    /// <summary>By product, oldest first; by point reads. A product without a history is left out.</summary>
    Task<IReadOnlyDictionary<Sku, IReadOnlyList<PriceChange>>> FindAsync(ShopId shop, IReadOnlyCollection<Sku> skus, CancellationToken cancellationToken);

    /// <summary>All products of the shop; a scan, for nightly work only.</summary>
    Task<IReadOnlyDictionary<Sku, IReadOnlyList<PriceChange>>> ListAsync(ShopId shop, CancellationToken cancellationToken);
}

/// <summary>From then on this product was sold for this price.</summary>
public sealed record ProductPrice(Sku Sku, DateTimeOffset From, Money Price);
