namespace Expansion.Engine.Offers.Bundles;

/// <summary>What a product costs the shop and how many are left, as the shop says.</summary>
public sealed record ProductTerms(Sku Sku, Money? Cost, long? Stock);

public interface IProductTermsStore
{
    /// <summary>A field that is null leaves what stood there.</summary>
    Task SaveAsync(ShopId shop, IReadOnlyCollection<ProductTerms> terms, CancellationToken cancellationToken);

    /// <summary>Of these products, what was said; by point reads.</summary>
    Task<IReadOnlyList<ProductTerms>> FindAsync(ShopId shop, IReadOnlyCollection<Sku> skus, CancellationToken cancellationToken);

    /// <summary>All products of the shop of which something was said; a scan, for nightly work only.</summary>
    IAsyncEnumerable<ProductTerms> ListAsync(ShopId shop, CancellationToken cancellationToken);
}
