using Expansion.Engine;
using Expansion.Engine.Affinity;
using Expansion.Engine.Offers.Pricing;
using Expansion.Engine.Recommendations.Catalogue;
using Expansion.Engine.Recommendations.Serving;
using Expansion.Engine.Shops;
using Expansion.Functions.Recommendations;
using Expansion.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Moq;

namespace Expansion.Functions.Tests.Recommendations;

public sealed class ServingCacheTests : IDisposable
{
    private static readonly ShopId Coffee = ShopId.From("coffee");
    private static readonly ShopId Tea = ShopId.From("tea");

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly ServingOptions _options = new();
    private readonly Mock<IShopStore> _shops = new();
    private readonly Mock<ICatalogueStore> _catalogue = new();
    private readonly Mock<IPairDecisionStore> _decisions = new();
    private readonly Mock<IModelStore> _models = new();
    private readonly Mock<IMessageQueue> _queue = new();
    private readonly Lazy<ServingCache> _cache;

    public ServingCacheTests()
    {
        _shops.Setup(s => s.FindAsync(It.IsAny<ShopId>(), It.IsAny<CancellationToken>())).ReturnsAsync((ShopId id, CancellationToken _) => new Shop(id, new(), "1"));
        _catalogue.Setup(c => c.ListAsync(It.IsAny<ShopId>(), It.IsAny<CancellationToken>())).Returns(() => Entries(10).ToAsyncEnumerable());
        _catalogue.Setup(c => c.ChangesAsync(It.IsAny<ShopId>(), It.IsAny<DateTimeOffset>(), It.IsAny<CancellationToken>())).ReturnsAsync([]);
        _decisions.Setup(d => d.VersionAsync(It.IsAny<ShopId>(), It.IsAny<CancellationToken>())).ReturnsAsync("");
        _decisions.Setup(d => d.ListAsync(It.IsAny<ShopId>(), It.IsAny<CancellationToken>())).Returns(() => AsyncEnumerable.Empty<PairDecision>());
        _cache = new(() => new(
            new(_shops.Object, Mock.Of<IAffinityStore>(), _models.Object, _decisions.Object, Mock.Of<IPricingDocuments>(), _catalogue.Object, _queue.Object, Options.Create(_options), _time),
            Options.Create(_options), _time, NullLogger<ServingCache>.Instance));
    }

    public void Dispose() => _cache.Value.Dispose();

    [Fact]
    public async Task FindAsync_ManyAtOnce_ReadTheShopOnce()
    {
        var gate = new TaskCompletionSource();
        _catalogue.Setup(c => c.ListAsync(Coffee, It.IsAny<CancellationToken>())).Returns(() => After(gate.Task, Entries(10)));

        var asked = Enumerable.Range(0, 20).Select(_ => FindAsync(Coffee)).ToList();
        gate.SetResult();

        Assert.Single((await Task.WhenAll(asked)).Distinct());
        _catalogue.Verify(c => c.ListAsync(Coffee, It.IsAny<CancellationToken>()), Times.Once);
    }

    [Fact]
    public async Task FindAsync_TheFirstOneLeaves_TheOthersAreStillServed()
    {
        var gate = new TaskCompletionSource();
        _catalogue.Setup(c => c.ListAsync(Coffee, It.IsAny<CancellationToken>())).Returns(() => After(gate.Task, Entries(10)));
        using var leaving = new CancellationTokenSource();

        var (first, second) = (_cache.Value.FindAsync(Coffee, leaving.Token).AsTask(), FindAsync(Coffee));
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        gate.SetResult();

        Assert.Equal(10, (await second)!.Catalogue.Count);
    }

    [Fact]
    public async Task FindAsync_NoSuchShop_IsAskedForAnewNextTime()
    {
        _shops.Setup(s => s.FindAsync(Tea, It.IsAny<CancellationToken>())).ReturnsAsync((Shop?)null);
        Assert.Null(await FindAsync(Tea));

        _shops.Setup(s => s.FindAsync(Tea, It.IsAny<CancellationToken>())).ReturnsAsync(new Shop(Tea, new(), "1"));
        Assert.NotNull(await FindAsync(Tea));
    }

    [Fact]
    public async Task FindAsync_ReadingFails_FailsAndTheNextTriesAgain()
    {
        _catalogue.SetupSequence(c => c.ListAsync(Coffee, It.IsAny<CancellationToken>())).Throws(new IOException("storage is down")).Returns(Entries(10).ToAsyncEnumerable());

        await Assert.ThrowsAsync<IOException>(() => FindAsync(Coffee));

        Assert.NotNull(await FindAsync(Coffee));
    }

    [Fact]
    public async Task Refresh_GoingOn_NoRequestWaitsForIt()
    {
        var shop = await FindAsync(Coffee);
        var gate = new TaskCompletionSource<string>();
        _decisions.Setup(d => d.VersionAsync(Coffee, It.IsAny<CancellationToken>())).Returns(gate.Task);

        _time.Advance(_options.RefreshEvery);
        var asked = _cache.Value.FindAsync(Coffee, TestContext.Current.CancellationToken);

        Assert.True(asked.IsCompleted);
        Assert.Same(shop, await asked);
        gate.SetResult("");
    }

    [Fact]
    public async Task Refresh_SomethingDecided_IsServedFromThenOn()
    {
        var shop = await FindAsync(Coffee);
        var decision = new PairDecision(new("a"), new("b"), PairVerdict.Rejected, null, "test", _time.GetUtcNow());
        _decisions.Setup(d => d.VersionAsync(Coffee, It.IsAny<CancellationToken>())).ReturnsAsync("2");
        _decisions.Setup(d => d.ListAsync(Coffee, It.IsAny<CancellationToken>())).Returns(new[] { decision }.ToAsyncEnumerable());

        _time.Advance(_options.RefreshEvery);

        await Eventually.TrueAsync(() => shop!.State.Verdicts.On(new("b"), [new("a")]) == PairVerdict.Rejected, "the decision is taken over");
    }

    [Fact]
    public async Task Refresh_Fails_TheShopIsServedAsItIs()
    {
        var shop = await FindAsync(Coffee);
        var failed = new TaskCompletionSource();
        _decisions.Setup(d => d.VersionAsync(Coffee, It.IsAny<CancellationToken>())).Callback(failed.SetResult).ThrowsAsync(new IOException("storage is down"));

        _time.Advance(_options.RefreshEvery);
        await failed.Task.WaitAsync(TestContext.Current.CancellationToken);

        Assert.Same(shop, await FindAsync(Coffee));
    }

    [Fact]
    public async Task Refresh_MoreThanMayBeKept_ForgetsTheShopAskedForLongestAgo()
    {
        _options.MaxBytes = 1 << 24;
        _catalogue.Setup(c => c.ListAsync(It.IsAny<ShopId>(), It.IsAny<CancellationToken>())).Returns(() => Entries(15_000).ToAsyncEnumerable());
        var coffee = await FindAsync(Coffee);
        _time.Advance(TimeSpan.FromMilliseconds(10));
        var tea = await FindAsync(Tea);
        Assert.InRange(_cache.Value.Bytes, _options.MaxBytes, 2 * _options.MaxBytes);

        _time.Advance(_options.RefreshEvery);

        await Eventually.TrueAsync(() => _cache.Value.Bytes <= _options.MaxBytes, "a shop is forgotten");
        Assert.Same(tea, await FindAsync(Tea));
        Assert.NotSame(coffee, await FindAsync(Coffee));
    }

    [Fact]
    public async Task Refresh_NobodyAsksAnyMore_ForgetsTheShop()
    {
        await FindAsync(Coffee);

        _time.Advance(_options.ForgetAfter + _options.RefreshEvery);

        await Eventually.TrueAsync(() => _cache.Value.Bytes == 0, "the shop is forgotten");
    }

    [Fact]
    public async Task FindAsync_ModelOfAnotherVersion_ServesWithoutItAndHasItTrainedOnce()
    {
        _models.Setup(m => m.CurrentAsync(Coffee, It.IsAny<CancellationToken>())).ReturnsAsync(new ModelGeneration("old", _time.GetUtcNow(), 1, 1, 0));
        _models.Setup(m => m.ReadAsync(Coffee, "old", It.IsAny<string>(), It.IsAny<CancellationToken>())).ReturnsAsync([1, 2, 3, 4, 5, 6, 7, 8]);

        var shop = await FindAsync(Coffee);
        await _cache.Value.RefreshAsync(Coffee, TestContext.Current.CancellationToken);

        Assert.Null(shop!.State.Model);
        _queue.Verify(q => q.SendAsync(ModelDue.Queue, new ModelDue(Coffee), It.IsAny<CancellationToken>()), Times.Once);
        _models.Verify(m => m.ReadAsync(Coffee, "old", ModelGeneration.Model, It.IsAny<CancellationToken>()), Times.Once);
    }

    [Fact]
    public async Task Tell_ShopNotServedHere_ChangesNothing()
    {
        _cache.Value.Tell(Tea, new("1", CatalogueSource.Shopify, _time.GetUtcNow(), []));

        Assert.Equal(0, _cache.Value.Bytes);
        Assert.NotNull(await FindAsync(Tea));
    }

    private Task<ServedShop?> FindAsync(ShopId shop) => _cache.Value.FindAsync(shop, TestContext.Current.CancellationToken).AsTask();

    private static IEnumerable<CatalogueEntry> Entries(int count) => Enumerable.Range(0, count).Select(number => new CatalogueEntry(new CatalogueItem(new($"sku-{number}"))));

    private static async IAsyncEnumerable<CatalogueEntry> After(Task gate, IEnumerable<CatalogueEntry> entries)
    {
        await gate;
        foreach (var entry in entries)
        {
            yield return entry;
        }
    }
}
