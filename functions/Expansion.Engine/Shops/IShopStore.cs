namespace Expansion.Engine.Shops;

/// <summary>The shops there are, and their settings. Reads on a request's path are point reads.</summary>
public interface IShopStore
{
    /// <summary>Null for a shop that was never added.</summary>
    Task<Shop?> FindAsync(ShopId shop, CancellationToken cancellationToken);

    /// <summary>The shop, added with default settings when it isn't there yet. Can be repeated.</summary>
    Task<Shop> EnsureAsync(ShopId shop, CancellationToken cancellationToken);

    /// <summary>Replaces the settings unless they have changed since <paramref name="shop"/> was read.</summary>
    /// <returns>The shop as it stands now; null when somebody else was faster.</returns>
    Task<Shop?> SaveAsync(Shop shop, CancellationToken cancellationToken);

    IAsyncEnumerable<Shop> ListAsync(CancellationToken cancellationToken);
}

/// <param name="Version">Changes with every write (an ETag).</param>
public sealed record Shop(ShopId Id, ShopSettings Settings, string Version);
