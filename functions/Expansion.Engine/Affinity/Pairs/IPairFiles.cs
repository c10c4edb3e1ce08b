namespace Expansion.Engine.Affinity.Pairs;

/// <summary>The scored pairs of each generation, as one file that any engine can read.</summary>
public interface IPairFiles
{
    /// <summary>Writes the pairs as they come, some at a time. Nothing is there before all are, and what was there is replaced at once.</summary>
    Task WriteAsync(ShopId shop, string generation, IEnumerable<IReadOnlyList<ScoredPair>> groups, CancellationToken cancellationToken);

    /// <exception cref="InvalidOperationException">The generation has no file.</exception>
    Task<IReadOnlyList<ScoredPair>> ReadAsync(ShopId shop, string generation, CancellationToken cancellationToken);

    /// <summary>The file itself, Parquet.</summary>
    Task<Stream> OpenAsync(ShopId shop, string generation, CancellationToken cancellationToken);

    /// <summary>Deletes the files of all generations before this one; a later one may be about to be published.</summary>
    Task SweepAsync(ShopId shop, string oldestKept, CancellationToken cancellationToken);
}
