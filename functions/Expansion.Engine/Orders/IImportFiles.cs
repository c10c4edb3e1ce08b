namespace Expansion.Engine.Orders;

/// <summary>The files of an import: what was uploaded, until it is imported, and what was rejected of it.</summary>
public interface IImportFiles
{
    Task UploadAsync(ShopId shop, string id, Stream file, CancellationToken cancellationToken);

    /// <summary>Null once it was imported.</summary>
    Task<Stream?> OpenUploadAsync(ShopId shop, string id, CancellationToken cancellationToken);

    Task DeleteUploadAsync(ShopId shop, string id, CancellationToken cancellationToken);

    /// <summary>Replaces the rejects; they are kept once the stream is closed.</summary>
    Task<Stream> CreateRejectsAsync(ShopId shop, string id, CancellationToken cancellationToken);

    /// <summary>Null until there are any.</summary>
    Task<Stream?> OpenRejectsAsync(ShopId shop, string id, CancellationToken cancellationToken);
}
