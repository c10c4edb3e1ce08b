namespace Expansion.Engine.Recommendations.Catalogue;

/// <summary>Everything that a shop sells, by SKU.</summary>
public interface ICatalogueStore
{
    /// <summary>Adds what was told to what is known. Can be repeated.</summary>
    /// <returns>What has really changed.</returns>
    Task<IReadOnlyList<CatalogueChange>> SaveAsync(ShopId shop, IReadOnlyCollection<ToldItem> told, CancellationToken cancellationToken);

    /// <summary>The same for a product as a whole.</summary>
    Task<IReadOnlyList<CatalogueChange>> SaveAsync(ShopId shop, ProductListing product, CancellationToken cancellationToken);

    /// <summary>By point reads; what isn't known is left out.</summary>
    Task<IReadOnlyList<CatalogueEntry>> FindAsync(ShopId shop, IReadOnlyCollection<Sku> skus, CancellationToken cancellationToken);

    /// <summary>All of the shop, in no order: a scan, for nightly work and for what is kept in memory.</summary>
    IAsyncEnumerable<CatalogueEntry> ListAsync(ShopId shop, CancellationToken cancellationToken);

    /// <summary>What was changed from a moment on. Writers' clocks may differ by some seconds: ask from a little earlier than was asked up to.</summary>
    Task<IReadOnlyList<CatalogueNotice>> ChangesAsync(ShopId shop, DateTimeOffset from, CancellationToken cancellationToken);

    /// <summary>Forgets what was changed before the hour of a moment.</summary>
    Task SweepChangesAsync(ShopId shop, DateTimeOffset before, CancellationToken cancellationToken);
}

/// <summary>That some items were changed, for whoever keeps them in memory.</summary>
/// <param name="Id">Told apart by it, since a notice may be read more than once.</param>
public sealed record CatalogueNotice(string Id, IReadOnlyList<Sku> Skus);
