using System.IO.Pipelines;
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

    /// <summary>Bytes sent at a time.</summary>
    private const int BlockSize = 4 << 20;

    private readonly LazyContainer _pairs = new(blobs, "pairs");

    /// <summary>What is written is uploaded meanwhile, and becomes the blob when all of it has arrived.</summary>
    public async Task WriteAsync(ShopId shop, string generation, IEnumerable<IReadOnlyList<ScoredPair>> groups, CancellationToken cancellationToken)
    {
        var (blob, pipe) = (await BlobAsync(shop, generation, cancellationToken), new Pipe());
        await Task.WhenAll(UploadAsync(blob, pipe.Reader, cancellationToken), WriteAsync(groups, pipe.Writer, cancellationToken));
    }

    public async Task<IReadOnlyList<ScoredPair>> ReadAsync(ShopId shop, string generation, CancellationToken cancellationToken)
    {
        // Every column is read at another place of the file: one download instead of one a column.
        await using var file = await FindAsync(shop, generation, async blob => (await blob.DownloadContentAsync(cancellationToken)).Value.Content.ToStream(), cancellationToken);
        return await PairSchema.ReadAsync(file, cancellationToken);
    }

    public Task<Stream> OpenAsync(ShopId shop, string generation, CancellationToken cancellationToken) =>
        FindAsync(shop, generation, blob => blob.OpenReadAsync(cancellationToken: cancellationToken), cancellationToken);

    public async Task SweepAsync(ShopId shop, string oldestKept, CancellationToken cancellationToken)
    {
        var prefix = $"{shop}/";
        var container = await _pairs.OpenAsync(cancellationToken);
        await foreach (var blob in container.GetBlobsAsync(BlobTraits.None, BlobStates.None, prefix, cancellationToken))
        {
            if (string.CompareOrdinal(blob.Name[prefix.Length..^Extension.Length], oldestKept) < 0)
            {
                await container.DeleteBlobIfExistsAsync(blob.Name, cancellationToken: cancellationToken);
            }
        }
    }

    /// <summary>Ends the pipe also when the upload fails, or the writer would wait for somebody to read on.</summary>
    private static async Task UploadAsync(BlobClient blob, PipeReader pipe, CancellationToken cancellationToken)
    {
        await using var file = pipe.AsStream();
        await blob.UploadAsync(file, new BlobUploadOptions { TransferOptions = new() { MaximumTransferSize = BlockSize, InitialTransferSize = BlockSize } }, cancellationToken);
    }

    /// <summary>Tells the upload when writing fails, or it would take the part for the whole.</summary>
    private static async Task WriteAsync(IEnumerable<IReadOnlyList<ScoredPair>> groups, PipeWriter pipe, CancellationToken cancellationToken)
    {
        try
        {
            await PairSchema.WriteAsync(groups, pipe.AsStream(leaveOpen: true), cancellationToken);
        }
        catch (Exception failure)
        {
            await pipe.CompleteAsync(failure);
            throw;
        }

        await pipe.CompleteAsync();
    }

    private async Task<Stream> FindAsync(ShopId shop, string generation, Func<BlobClient, Task<Stream>> openAsync, CancellationToken cancellationToken)
    {
        try
        {
            return await openAsync(await BlobAsync(shop, generation, cancellationToken));
        }
        catch (RequestFailedException exception) when (exception.Status == 404)
        {
            throw new InvalidOperationException($"Generation {generation} of {shop} has no file of pairs.", exception);
        }
    }

    private async Task<BlobClient> BlobAsync(ShopId shop, string generation, CancellationToken cancellationToken) =>
        (await _pairs.OpenAsync(cancellationToken)).GetBlobClient($"{shop}/{generation}{Extension}");
}
