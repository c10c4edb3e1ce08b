using System.Text.Json;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Expansion.Engine;
using Expansion.Engine.Affinity;

namespace Expansion.Storage.Segments;

/// <summary>Blobs runs/{shop}/{run}/plan and /{range}. Serves "what is to be done" and "what is done", for as long as the run goes on.</summary>
internal sealed class RecomputeRuns(BlobServiceClient blobs) : IRecomputeRuns
{
    private readonly LazyContainer _runs = new(blobs, "runs");

    public async Task SavePlanAsync(ShopId shop, RecomputePlan plan, CancellationToken cancellationToken)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(plan, ExpansionJson.Options);
        await (await BlobAsync(shop, plan.Run, "plan", cancellationToken)).UploadAsync(BinaryData.FromBytes(bytes), overwrite: true, cancellationToken);
    }

    public async Task<RecomputePlan?> FindPlanAsync(ShopId shop, string run, CancellationToken cancellationToken)
    {
        try
        {
            var blob = await (await BlobAsync(shop, run, "plan", cancellationToken)).DownloadContentAsync(cancellationToken);
            return JsonSerializer.Deserialize<RecomputePlan>(blob.Value.Content, ExpansionJson.Options);
        }
        catch (RequestFailedException exception) when (exception.Status == 404)
        {
            return null;
        }
    }

    public async Task<int> SaveRangeAsync(ShopId shop, string run, int range, ReadOnlyMemory<byte> candidates, CancellationToken cancellationToken)
    {
        await (await BlobAsync(shop, run, $"range-{range}", cancellationToken)).UploadAsync(BinaryData.FromBytes(candidates), overwrite: true, cancellationToken);
        var container = await _runs.OpenAsync(cancellationToken);
        return await container.GetBlobsAsync(BlobTraits.None, BlobStates.None, $"{shop}/{run}/range-", cancellationToken).CountAsync(cancellationToken);
    }

    public async Task<byte[]> ReadRangeAsync(ShopId shop, string run, int range, CancellationToken cancellationToken)
    {
        var blob = await (await BlobAsync(shop, run, $"range-{range}", cancellationToken)).DownloadContentAsync(cancellationToken);
        return blob.Value.Content.ToArray();
    }

    public async Task EndAsync(ShopId shop, string run, CancellationToken cancellationToken)
    {
        var prefix = $"{shop}/";
        var container = await _runs.OpenAsync(cancellationToken);
        await foreach (var blob in container.GetBlobsAsync(BlobTraits.None, BlobStates.None, prefix, cancellationToken))
        {
            if (string.CompareOrdinal(blob.Name[prefix.Length..].Split('/')[0], run) <= 0)
            {
                await container.DeleteBlobIfExistsAsync(blob.Name, cancellationToken: cancellationToken);
            }
        }
    }

    private async Task<BlobClient> BlobAsync(ShopId shop, string run, string name, CancellationToken cancellationToken) =>
        (await _runs.OpenAsync(cancellationToken)).GetBlobClient($"{shop}/{run}/{name}");
}
