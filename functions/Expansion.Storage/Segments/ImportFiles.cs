using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Expansion.Engine;
using Expansion.Engine.Orders;

namespace Expansion.Storage.Segments;

/// <summary>Blobs imports/{shop}/{id}, as uploaded, and imports/{shop}/{id}.rejects.csv.</summary>
internal sealed class ImportFiles(BlobServiceClient blobs) : IImportFiles
{
    private readonly LazyContainer _imports = new(blobs, "imports");

    public async Task UploadAsync(ShopId shop, string id, Stream file, CancellationToken cancellationToken) =>
        await (await BlobAsync(Upload(shop, id), cancellationToken)).UploadAsync(file, overwrite: true, cancellationToken);

    public async Task<Stream?> OpenUploadAsync(ShopId shop, string id, CancellationToken cancellationToken) => await OpenAsync(Upload(shop, id), cancellationToken);

    public async Task DeleteUploadAsync(ShopId shop, string id, CancellationToken cancellationToken) =>
        await (await BlobAsync(Upload(shop, id), cancellationToken)).DeleteIfExistsAsync(cancellationToken: cancellationToken);

    public async Task<Stream> CreateRejectsAsync(ShopId shop, string id, CancellationToken cancellationToken) =>
        await (await BlobAsync(Rejects(shop, id), cancellationToken)).OpenWriteAsync(overwrite: true, cancellationToken: cancellationToken);

    public async Task<Stream?> OpenRejectsAsync(ShopId shop, string id, CancellationToken cancellationToken) => await OpenAsync(Rejects(shop, id), cancellationToken);

    private static string Upload(ShopId shop, string id) => $"{shop}/{id}";

    private static string Rejects(ShopId shop, string id) => $"{shop}/{id}.rejects.csv";

    private async Task<Stream?> OpenAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            return await (await BlobAsync(name, cancellationToken)).OpenReadAsync(cancellationToken: cancellationToken);
        }
        catch (RequestFailedException exception) when (exception.ErrorCode == BlobErrorCode.BlobNotFound)
        {
            return null;
        }
    }

    private async Task<BlobClient> BlobAsync(string name, CancellationToken cancellationToken) => (await _imports.OpenAsync(cancellationToken)).GetBlobClient(name);
}
