namespace Expansion.Engine.Offers.Pricing;

/// <summary>What a shop's people have written about its prices, one small document for each subject.</summary>
public interface IPricingDocuments
{
    /// <summary>Null for one that was never written.</summary>
    Task<Versioned<T>?> FindAsync<T>(ShopId shop, string name, CancellationToken cancellationToken)
        where T : class;

    /// <param name="since">The version that is replaced; null for one that isn't there yet.</param>
    /// <returns>The document under its new version; null when somebody else was faster.</returns>
    Task<Versioned<T>?> SaveAsync<T>(ShopId shop, string name, T document, string? since, CancellationToken cancellationToken)
        where T : class;
}

/// <param name="Version">Changes with every write (an ETag).</param>
public sealed record Versioned<T>(T Value, string Version)
    where T : class;
