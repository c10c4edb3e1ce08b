using Expansion.Functions.Affinity;

namespace Expansion.Functions.Tests.Affinity;

public sealed class LoadCacheTests
{
    private int _loads;

    [Fact]
    public async Task GetAsync_ManyAtOnce_OneLoadServesAll()
    {
        var gate = new TaskCompletionSource<int>();
        var cache = Cache(_ => gate.Task);
        using var leaving = new CancellationTokenSource();

        var readers = Enumerable.Range(0, 20).Select(_ => cache.GetAsync(1, TestContext.Current.CancellationToken)).ToList();
        var left = cache.GetAsync(1, leaving.Token);
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);
        gate.SetResult(7);

        Assert.All(await Task.WhenAll(readers), value => Assert.Equal(7, value));
        Assert.Equal(1, _loads);
    }

    [Fact]
    public async Task GetAsync_LoadFailed_IsTriedAgain()
    {
        var cache = Cache(key => _loads == 1 ? Task.FromException<int>(new IOException("gone")) : Task.FromResult(key));

        await Assert.ThrowsAsync<IOException>(() => GetAsync(cache, 1));

        Assert.Equal(1, await GetAsync(cache, 1));
        Assert.Equal(2, _loads);
    }

    [Fact]
    public async Task GetAsync_OverCapacity_ForgetsWhatWasUsedLeastRecently()
    {
        var cache = Cache(Task.FromResult);
        await GetAsync(cache, 4);
        await GetAsync(cache, 5);
        await GetAsync(cache, 4);

        // 3 and 4 count for 7 of 10; 5 has to go.
        await GetAsync(cache, 3);
        await GetAsync(cache, 4);
        Assert.Equal(3, _loads);
        await GetAsync(cache, 5);
        Assert.Equal(4, _loads);

        // One that is larger than all is kept alone.
        await GetAsync(cache, 50);
        await GetAsync(cache, 50);
        Assert.Equal(5, _loads);
        await GetAsync(cache, 5);
        Assert.Equal(6, _loads);
    }

    [Fact]
    public async Task GetAsync_ManySmallOnes_AreBoundedInNumber()
    {
        var cache = new LoadCache<int, int>(key => Task.FromResult(Interlocked.Increment(ref _loads)), _ => 0, 10);
        for (var key = 0; key < 65; key++)
        {
            await GetAsync(cache, key);
        }

        await GetAsync(cache, 1);
        Assert.Equal(65, _loads);
        await GetAsync(cache, 0);
        Assert.Equal(66, _loads);
    }

    private static Task<int> GetAsync(LoadCache<int, int> cache, int key) => cache.GetAsync(key, TestContext.Current.CancellationToken);

    private LoadCache<int, int> Cache(Func<int, Task<int>> load) => new(
        key =>
        {
            Interlocked.Increment(ref _loads);
            return load(key);
        },
        value => value, 10);
}
