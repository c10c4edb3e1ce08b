namespace Expansion.Engine.Affinity;

/// <summary>
/// What the nightly recompute learned, a generation at a time: written beside the one being read, then published by moving one pointer.
/// Readers see last night's whole answer or tonight's, never half of one.
/// </summary>
public interface IAffinityStore
{
    /// <summary>The published generation; null before the first recompute.</summary>
    Task<AffinityGeneration?> CurrentAsync(ShopId shop, CancellationToken cancellationToken);

    /// <summary>Registers the generation and writes its rows; nothing is visible yet. Can be repeated.</summary>
    Task WriteAsync(ShopId shop, AffinityGeneration generation, IEnumerable<ProductAffinity> products, CancellationToken cancellationToken);

    /// <summary>Moves the pointer, unless a newer generation is already published.</summary>
    /// <returns>Whether this generation is now the published one.</returns>
    Task<bool> PublishAsync(ShopId shop, AffinityGeneration generation, CancellationToken cancellationToken);

    /// <summary>Deletes every generation older than the one before the published one, finished or not.</summary>
    Task SweepAsync(ShopId shop, CancellationToken cancellationToken);

    /// <summary>The rows of those of <paramref name="skus"/> that have one, by point reads.</summary>
    Task<IReadOnlyDictionary<Sku, ProductAffinity>> FindAsync(ShopId shop, string generation, IReadOnlyCollection<Sku> skus, CancellationToken cancellationToken);

    /// <summary>Changes one product's row, or adds it, so that a person's word counts at once. Repeats when somebody else was faster.</summary>
    Task ChangeAsync(ShopId shop, string generation, Sku sku, Func<ProductAffinity?, ProductAffinity> change, CancellationToken cancellationToken);
}
