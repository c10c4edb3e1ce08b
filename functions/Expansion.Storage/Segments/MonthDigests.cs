using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Expansion.Engine;
using Expansion.Engine.Affinity;
using Expansion.Engine.Affinity.Months;

namespace Expansion.Storage.Segments;

/// <summary>Blobs digests/{shop}/{yyyy-MM}-{version}.bin, never rewritten. Serves "the digest of this version of a month".</summary>
internal sealed class MonthDigests(BlobServiceClient blobs) : IMonthDigests
{
    private readonly LazyContainer _digests = new(blobs, "digests");

    public async Task<MonthDigest?> FindAsync(ShopId shop, YearMonth month, string version, CancellationToken cancellationToken)
    {
        var container = await _digests.OpenAsync(cancellationToken);
        try
        {
            using var blob = (await container.GetBlobClient(Name(shop, month, version)).DownloadStreamingAsync(cancellationToken: cancellationToken)).Value;
            var bytes = new byte[blob.Details.ContentLength];
            await blob.Content.ReadExactlyAsync(bytes, cancellationToken);
            return MonthDigest.Parse(bytes);
        }
        catch (RequestFailedException exception) when (exception.Status == 404)
        {
            return null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    public async Task SaveAsync(ShopId shop, MonthDigest digest, CancellationToken cancellationToken)
    {
        var container = await _digests.OpenAsync(cancellationToken);
        await container.GetBlobClient(Name(shop, digest.Month, digest.Version)).UploadAsync(BinaryData.FromBytes(digest.Bytes), overwrite: true, cancellationToken);
    }

    public async Task SweepAsync(ShopId shop, IReadOnlyCollection<PlannedMonth> keep, CancellationToken cancellationToken)
    {
        var kept = keep.Select(month => Name(shop, month.Month, month.Version)).ToHashSet();
        var container = await _digests.OpenAsync(cancellationToken);
        await foreach (var blob in container.GetBlobsAsync(BlobTraits.None, BlobStates.None, $"{shop}/", cancellationToken))
        {
            if (!kept.Contains(blob.Name))
            {
                await container.DeleteBlobIfExistsAsync(blob.Name, cancellationToken: cancellationToken);
            }
        }
    }

    private static string Name(ShopId shop, YearMonth month, string version) => $"{shop}/{month}-{version}.bin";
}
