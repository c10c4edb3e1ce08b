using Expansion.Engine.Affinity.Delay;

namespace Expansion.Engine.Orders;

/// <summary>The title and price of each product: as the catalogue has them, else as the last order told.</summary>
public interface IProductStore
{
    /// <summary>What orders told, which the catalogue's word outweighs; a field that is null leaves what stood there.</summary>
    Task SaveAsync(ShopId shop, IReadOnlyCollection<Product> products, CancellationToken cancellationToken);

    /// <summary>Those of <paramref name="skus"/> that are known, by point reads.</summary>
    Task<IReadOnlyDictionary<Sku, Product>> FindAsync(ShopId shop, IReadOnlyCollection<Sku> skus, CancellationToken cancellationToken);

    /// <summary>All products of the shop; a scan, for nightly work only.</summary>
    IAsyncEnumerable<Product> ListAsync(ShopId shop, CancellationToken cancellationToken);
}

public sealed record Product(Sku Sku, string? Title, Money? Price)
{
    public ProductKind Kind { get; init; }
}
