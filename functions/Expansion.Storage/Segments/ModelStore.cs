using Azure;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Expansion.Engine;
using Expansion.Engine.Recommendations.Serving;
using Expansion.Storage.Tables;

namespace Expansion.Storage.Segments;

/// <summary>Blobs models/{shop}/{generation}/{file}, and a row in table Models, PartitionKey shop, RowKey "current", that says which generation is read.</summary>
internal sealed class ModelStore(TableServiceClient tables, BlobServiceClient blobs) : IModelStore
{
    private const string Pointer = "current";
    private const int Attempts = 10;

    private readonly LazyTable _table = new(tables, "Models");
    private readonly LazyContainer _models = new(blobs, "models");

    public async Task<ModelGeneration?> CurrentAsync(ShopId shop, CancellationToken cancellationToken) =>
        (await _table.FindAsync(TableKey.From(shop.Value), Pointer, cancellationToken))?.Json<ModelGeneration>();

    public async Task WriteAsync(ShopId shop, string generation, string file, Action<Stream> write, CancellationToken cancellationToken)
    {
        var blob = (await _models.OpenAsync(cancellationToken)).GetBlockBlobClient(Name(shop, generation, file));
        await using var stream = await blob.OpenWriteAsync(overwrite: true, cancellationToken: cancellationToken);
        write(stream);
    }

    public async Task<byte[]> ReadAsync(ShopId shop, string generation, string file, CancellationToken cancellationToken) =>
        await DownloadAsync(shop, generation, file, new(), cancellationToken)
        ?? throw new InvalidOperationException($"The {file} of model {generation} of {shop} is gone: a later one has replaced it.");

    public Task<byte[]?> FindAsync(ShopId shop, string generation, string file, long offset, int length, CancellationToken cancellationToken) =>
        DownloadAsync(shop, generation, file, new() { Range = new(offset, length) }, cancellationToken);

    public async Task PublishAsync(ShopId shop, ModelGeneration generation, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var pointer = await _table.FindAsync(TableKey.From(shop.Value), Pointer, cancellationToken);
            var published = pointer?.GetString("Generation");
            if (string.CompareOrdinal(published, generation.Id) >= 0)
            {
                return;
            }

            var moved = new TableEntity(TableKey.From(shop.Value), Pointer) { ["Generation"] = generation.Id }.With(generation);
            if (pointer is null ? await _table.TryAddAsync(moved, cancellationToken) : await _table.TryReplaceAsync(moved, pointer.ETag, cancellationToken))
            {
                await SweepAsync(shop, published ?? generation.Id, cancellationToken);
                return;
            }
        }

        throw new InvalidOperationException($"Model {generation.Id} of {shop} could not be published: the pointer moved {Attempts} times meanwhile.");
    }

    private async Task SweepAsync(ShopId shop, string oldestKept, CancellationToken cancellationToken)
    {
        var container = await _models.OpenAsync(cancellationToken);
        await foreach (var blob in container.GetBlobsAsync(BlobTraits.None, BlobStates.None, $"{shop}/", cancellationToken))
        {
            if (string.CompareOrdinal(blob.Name.Split('/')[1], oldestKept) < 0)
            {
                await container.DeleteBlobIfExistsAsync(blob.Name, cancellationToken: cancellationToken);
            }
        }
    }

    private async Task<byte[]?> DownloadAsync(ShopId shop, string generation, string file, BlobDownloadOptions options, CancellationToken cancellationToken)
    {
        try
        {
            return (await (await _models.OpenAsync(cancellationToken)).GetBlobClient(Name(shop, generation, file)).DownloadContentAsync(options, cancellationToken)).Value.Content.ToArray();
        }
        catch (RequestFailedException exception) when (exception.Status == 404)
        {
            return null;
        }
    }

    private static string Name(ShopId shop, string generation, string file) => $"{shop}/{generation}/{file}";
}
