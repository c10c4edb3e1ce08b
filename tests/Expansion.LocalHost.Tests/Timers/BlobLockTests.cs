using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Expansion.LocalHost.Timers;
using Expansion.Testing;

namespace Expansion.LocalHost.Tests.Timers;

[Trait("Category", "Azurite")]
public sealed class BlobLockTests(AzuriteFixture azurite)
{
    private readonly BlobContainerClient _hosts = new(azurite.NewAccount(), "azure-webjobs-hosts");

    private async Task<LeaseState> StateAsync() => (await _hosts.GetBlobClient("lock").GetPropertiesAsync()).Value.LeaseState;

    [Fact]
    public async Task Acquire_NobodyHasIt_HasItUntilTheEnd()
    {
        var held = await BlobLock.AcquireAsync(_hosts, "lock", CancellationToken.None);

        Assert.Equal(LeaseState.Leased, await StateAsync());
        Assert.Equal(409, (await Assert.ThrowsAsync<RequestFailedException>(() => _hosts.GetBlobClient("lock").GetBlobLeaseClient().AcquireAsync(TimeSpan.FromSeconds(15)))).Status);
        await held.DisposeAsync();
        Assert.Equal(LeaseState.Available, await StateAsync());
    }

    [Fact]
    public async Task Acquire_AnotherLetsGo_TakesItOver()
    {
        var first = await BlobLock.AcquireAsync(_hosts, "lock", CancellationToken.None);
        var second = BlobLock.AcquireAsync(_hosts, "lock", CancellationToken.None);

        await first.DisposeAsync();

        await using var taken = await second;
        Assert.Equal(LeaseState.Leased, await StateAsync());
        Assert.False(taken.Lost.IsCancellationRequested);
    }

    [Fact]
    public async Task Lost_LeaseIsBroken_IsCancelled()
    {
        await using var held = await BlobLock.AcquireAsync(_hosts, "lock", CancellationToken.None);

        await _hosts.GetBlobClient("lock").GetBlobLeaseClient().BreakAsync(TimeSpan.Zero);

        await Eventually.TrueAsync(() => held.Lost.IsCancellationRequested, "the loss is noticed");
    }
}
