using System.Runtime.CompilerServices;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Expansion.Engine;
using Expansion.Engine.Orders;

namespace Expansion.Storage.Segments;

/// <summary>Blobs baskets/{shop}/{yyyy-MM}.parquet, each replaced as a whole and only by who has read it. Serves "the lines of a month" and "which months are there".</summary>
internal sealed class BasketSegments(BlobServiceClient blobs) : IBasketSegments
{
    private const string Extension = ".parquet";

    private readonly LazyContainer _baskets = new(blobs, "baskets");

    public async Task<IReadOnlyList<SegmentInfo>> ListAsync(ShopId shop, CancellationToken cancellationToken)
    {
        var segments = new List<SegmentInfo>();
        var container = await _baskets.OpenAsync(cancellationToken);
        var prefix = $"{shop}/";
        await foreach (var blob in container.GetBlobsAsync(BlobTraits.None, BlobStates.None, prefix, cancellationToken))
        {
            if (blob.Name.EndsWith(Extension, StringComparison.Ordinal))
            {
                segments.Add(new SegmentInfo(YearMonth.Parse(blob.Name[prefix.Length..^Extension.Length]), Version(blob.Properties.ETag), blob.Properties.ContentLength ?? 0));
            }
        }

        return segments;
    }

    public async Task<MonthOrders> ReadAsync(ShopId shop, YearMonth month, CancellationToken cancellationToken)
    {
        if (await DownloadAsync(shop, month, cancellationToken) is not { } blob)
        {
            return new MonthOrders([], null);
        }

        await using var file = blob.Content.ToStream();
        return new MonthOrders(await SegmentReader.ReadOrdersAsync(file, cancellationToken).ToListAsync(cancellationToken), Version(blob.Details.ETag));
    }

    public async Task<bool> WriteAsync(ShopId shop, YearMonth month, MonthOrders orders, CancellationToken cancellationToken)
    {
        await using var file = new MemoryStream();
        await SegmentWriter.WriteAsync(orders.Orders, file, cancellationToken);
        file.Position = 0;
        var options = new BlobUploadOptions
        {
            HttpHeaders = new BlobHttpHeaders { ContentType = "application/vnd.apache.parquet" },
            Conditions = orders.Version is { } version ? new BlobRequestConditions { IfMatch = new ETag(version) } : new BlobRequestConditions { IfNoneMatch = ETag.All },
        };
        try
        {
            await (await BlobAsync(shop, month, cancellationToken)).UploadAsync(file, options, cancellationToken);
            return true;
        }
        catch (RequestFailedException exception) when (exception.Status is 409 or 412)
        {
            return false;
        }
    }

    public async IAsyncEnumerable<Order> StreamAsync(ShopId shop, YearMonth month, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (await DownloadAsync(shop, month, cancellationToken) is not { } blob)
        {
            yield break;
        }

        await using var file = blob.Content.ToStream();
        await foreach (var order in SegmentReader.ReadOrdersAsync(file, cancellationToken))
        {
            yield return order;
        }
    }

    public async IAsyncEnumerable<SegmentColumns> ReadColumnsAsync(ShopId shop, YearMonth month, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (await DownloadAsync(shop, month, cancellationToken) is not { } blob)
        {
            yield break;
        }

        await using var file = blob.Content.ToStream();
        await foreach (var columns in SegmentReader.ReadColumnsAsync(file, cancellationToken))
        {
            yield return columns;
        }
    }

    /// <summary>The list gives ETags without quotes, the headers with them.</summary>
    private static string Version(ETag? etag) => (etag ?? throw new InvalidOperationException("A blob came without an ETag.")).ToString().Trim('"');

    private async Task<BlobDownloadResult?> DownloadAsync(ShopId shop, YearMonth month, CancellationToken cancellationToken)
    {
        try
        {
            return await (await BlobAsync(shop, month, cancellationToken)).DownloadContentAsync(cancellationToken);
        }
        catch (RequestFailedException exception) when (exception.Status == 404)
        {
            return null;
        }
    }

    private async Task<BlobClient> BlobAsync(ShopId shop, YearMonth month, CancellationToken cancellationToken) =>
        (await _baskets.OpenAsync(cancellationToken)).GetBlobClient($"{shop}/{month}{Extension}");
}
