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
}

/// <param name="Id">Sorts by the time the recompute began.</param>
/// <param name="Baskets">Baskets counted, n.</param>
/// <param name="Pairs">Pairs kept.</param>
public sealed record AffinityGeneration(string Id, DateTimeOffset StartedAt, YearMonth From, YearMonth To, long Baskets, long Products, long Pairs)
{
    /// <summary>The most bought products, best first: what fills an empty shelf.</summary>
    public IReadOnlyList<Bestseller> Bestsellers { get; init; } = [];
}

public sealed record Bestseller(Sku Sku, string? Title, long Baskets);

/// <summary>One product and its partners, best first.</summary>
/// <param name="Baskets">Baskets that hold the product.</param>
public sealed record ProductAffinity(Sku Sku, string? Title, long Baskets, IReadOnlyList<Partner> Partners);

/// <param name="Baskets">Baskets that hold the partner.</param>
/// <param name="Both">Baskets that hold both.</param>
public sealed record Partner(Sku Sku, string? Title, long Baskets, long Both);
