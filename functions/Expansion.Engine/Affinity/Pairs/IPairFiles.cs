namespace Expansion.Engine.Affinity.Pairs;

/// <summary>The scored pairs of each generation, as one file that any engine can read.</summary>
public interface IPairFiles
{
    Task WriteAsync(ShopId shop, string generation, IReadOnlyList<ScoredPair> pairs, CancellationToken cancellationToken);

    /// <exception cref="InvalidOperationException">The generation has no file.</exception>
    Task<IReadOnlyList<ScoredPair>> ReadAsync(ShopId shop, string generation, CancellationToken cancellationToken);

    /// <summary>The file itself, Parquet.</summary>
    Task<Stream> OpenAsync(ShopId shop, string generation, CancellationToken cancellationToken);

    /// <summary>Deletes the files of all generations before this one; a later one may be about to be published.</summary>
    Task SweepAsync(ShopId shop, string oldestKept, CancellationToken cancellationToken);
}
