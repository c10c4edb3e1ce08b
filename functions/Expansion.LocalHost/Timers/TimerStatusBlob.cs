using System.Text.Json;
using Azure;
using Azure.Storage.Blobs;
using Microsoft.Azure.Functions.Worker;

namespace Expansion.LocalHost.Timers;

/// <summary>When a timer ran last and runs next, where the Functions host keeps it and in its form.</summary>
internal sealed class TimerStatusBlob(BlobContainerClient hosts, string hostId, string function)
{
    private readonly BlobClient _blob = hosts.GetBlobClient($"timers/{hostId}/Host.Functions.{function}/status");

    public async Task<ScheduleStatus?> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            return JsonSerializer.Deserialize<ScheduleStatus>((await _blob.DownloadContentAsync(cancellationToken)).Value.Content);
        }
        catch (RequestFailedException missing) when (missing.Status == 404)
        {
            return null;
        }
    }

    public Task WriteAsync(ScheduleStatus status, CancellationToken cancellationToken) =>
        _blob.UploadAsync(BinaryData.FromObjectAsJson(status), overwrite: true, cancellationToken);
}
