using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Expansion.Engine;
using Expansion.Engine.Affinity.Pairs;

namespace Expansion.Storage.Segments;

/// <summary>Blobs pairs/{shop}/{generation}.parquet, never rewritten once published. Serves "all scored pairs of a generation".</summary>
internal sealed class PairFiles(BlobServiceClient blobs) : IPairFiles
{
    private const string Extension = ".parquet";

    private readonly LazyContainer _pairs = new(blobs, "pairs");

    public async Task WriteAsync(ShopId shop, string generation, IReadOnlyList<ScoredPair> pairs, CancellationToken cancellationToken)
    {
        await using var file = new MemoryStream();
        await PairSchema.WriteAsync(pairs, file, cancellationToken);
        file.Position = 0;
        await (await BlobAsync(shop, generation, cancellationToken)).UploadAsync(file, overwrite: true, cancellationToken);
    }

    public async Task<IReadOnlyList<ScoredPair>> ReadAsync(ShopId shop, string generation, CancellationToken cancellationToken)
    {
        await using var file = await OpenAsync(shop, generation, cancellationToken);
        return await PairSchema.ReadAsync(file, cancellationToken);
    }

    public async Task<Stream> OpenAsync(ShopId shop, string generation, CancellationToken cancellationToken)
    {
        try
        {
            var blob = await BlobAsync(shop, generation, cancellationToken);
            return (await blob.DownloadContentAsync(cancellationToken)).Value.Content.ToStream();
        }
        catch (RequestFailedException exception) when (exception.Status == 404)
        {
            throw new InvalidOperationException($"Generation {generation} of {shop} has no file of pairs.", exception);
        }
    }

    public async Task SweepAsync(ShopId shop, IReadOnlyCollection<string> keep, CancellationToken cancellationToken)
    {
        var prefix = $"{shop}/";
        var container = await _pairs.OpenAsync(cancellationToken);
        await foreach (var blob in container.GetBlobsAsync(BlobTraits.None, BlobStates.None, prefix, cancellationToken))
        {
            if (!keep.Contains(blob.Name[prefix.Length..^Extension.Length]))
            {
                await container.DeleteBlobIfExistsAsync(blob.Name, cancellationToken: cancellationToken);
            }
        }
    }

    private async Task<BlobClient> BlobAsync(ShopId shop, string generation, CancellationToken cancellationToken) =>
        (await _pairs.OpenAsync(cancellationToken)).GetBlobClient($"{shop}/{generation}{Extension}");
}
