namespace Expansion.Engine.Orders;

/// <summary>How the imports of a shop stand.</summary>
public interface IImportStore
{
    Task<ImportStatus?> FindAsync(ShopId shop, string id, CancellationToken cancellationToken);

    Task SaveAsync(ShopId shop, ImportStatus status, CancellationToken cancellationToken);
}

/// <summary>The files of an import: what was uploaded, until it is imported, and what was rejected of it.</summary>
public interface IImportFiles
{
    Task UploadAsync(ShopId shop, string id, Stream file, CancellationToken cancellationToken);

    Task<Stream> OpenUploadAsync(ShopId shop, string id, CancellationToken cancellationToken);

    Task DeleteUploadAsync(ShopId shop, string id, CancellationToken cancellationToken);

    /// <summary>Replaces the rejects; they are kept once the stream is closed.</summary>
    Task<Stream> CreateRejectsAsync(ShopId shop, string id, CancellationToken cancellationToken);

    /// <summary>Null until there are any.</summary>
    Task<Stream?> OpenRejectsAsync(ShopId shop, string id, CancellationToken cancellationToken);
}

public enum ImportState
{
    Queued,
    Running,
    Done,

    /// <summary><see cref="ImportStatus.Error"/> says why.</summary>
    Failed,
}

/// <param name="Lines">How many lines have been read so far, good or bad.</param>
/// <param name="LinesPerSecond">Over the whole run so far; 0 before it started.</param>
public sealed record ImportStatus(string Id, ImportState State, DateTimeOffset QueuedAt, long Lines, long Rejected, double LinesPerSecond)
{
    public ImportReport? Report { get; init; }

    public string? Error { get; init; }
}
