using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

namespace Expansion.LocalHost.Timers;

/// <summary>A lock between hosts: a leased blob. It is let go at the end, and by itself soon after a host that was killed.</summary>
internal sealed class BlobLock : IAsyncDisposable
{
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan RenewEvery = Duration / 3;
    private static readonly TimeSpan AskEvery = TimeSpan.FromSeconds(5);

    private readonly BlobLeaseClient _lease;
    private readonly CancellationTokenSource _lost = new();
    private readonly CancellationTokenSource _done = new();
    private readonly Task _renewing;

    private BlobLock(BlobLeaseClient lease)
    {
        _lease = lease;
        _renewing = RenewAsync();
    }

    /// <summary>Another host may have it from now on.</summary>
    public CancellationToken Lost => _lost.Token;

    /// <summary>Waits for the lock. Leases run on storage's clock, so this waits on the real one.</summary>
    public static async Task<BlobLock> AcquireAsync(BlobContainerClient container, string name, CancellationToken cancellationToken)
    {
        var blob = container.GetBlobClient(name);
        await container.CreateIfNotExistsAsync(cancellationToken: cancellationToken);
        if (!await blob.ExistsAsync(cancellationToken))
        {
            await CreateAsync(blob, cancellationToken);
        }
        var lease = blob.GetBlobLeaseClient();
        while (true)
        {
            try
            {
                await lease.AcquireAsync(Duration, cancellationToken: cancellationToken);
                return new(lease);
            }
            catch (RequestFailedException taken) when (taken.Status == 409)
            {
                await Task.Delay(AskEvery, cancellationToken);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _done.CancelAsync();
        await _renewing;
        try
        {
            await _lease.ReleaseAsync();
        }
        catch (Exception)
        {
            // Lost already, or storage is away: the lease runs out.
        }
        _lost.Dispose();
        _done.Dispose();
    }

    private static async Task CreateAsync(BlobClient blob, CancellationToken cancellationToken)
    {
        try
        {
            await blob.UploadAsync(BinaryData.FromString(""), new BlobUploadOptions { Conditions = new() { IfNoneMatch = ETag.All } }, cancellationToken);
        }
        catch (RequestFailedException exists) when (exists.Status is 409 or 412)
        {
            // Another host was first.
        }
    }

    private async Task RenewAsync()
    {
        try
        {
            while (true)
            {
                await Task.Delay(RenewEvery, _done.Token);
                try
                {
                    await _lease.RenewAsync(cancellationToken: _done.Token);
                }
                catch (RequestFailedException lost) when (lost.Status is 404 or 409 or 412)
                {
                    await _lost.CancelAsync();
                    return;
                }
                catch (Exception) when (!_done.IsCancellationRequested)
                {
                    // Storage that is away gives the lock to nobody else either: ask again.
                }
            }
        }
        catch (OperationCanceledException) when (_done.IsCancellationRequested)
        {
            // Let go.
        }
    }
}
