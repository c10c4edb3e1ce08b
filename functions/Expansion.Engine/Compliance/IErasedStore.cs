namespace Expansion.Engine.Compliance;

/// <summary>Keeps who was erased, so that what comes late, or again, doesn't bring them back.</summary>
public interface IErasedStore
{
    Task AddAsync(ShopId shop, IReadOnlyCollection<string> hashes, CancellationToken cancellationToken);

    /// <summary>Changes whenever somebody was added; one point read.</summary>
    Task<string> VersionAsync(ShopId shop, CancellationToken cancellationToken);

    Task<ErasedNames> ReadAsync(ShopId shop, CancellationToken cancellationToken);
}
