using Azure.Data.Tables;
using Expansion.Engine;
using Expansion.Engine.Affinity;
using Expansion.Storage.Tables;
using Expansion.Testing;
using static Expansion.Storage.Tests.Given;

namespace Expansion.Storage.Tests.Tables;

[Trait("Category", "Azurite")]
public sealed class AffinityTableTests
{
    private readonly string _account;
    private readonly TableClient _rows;
    private readonly AffinityTable _affinities;

    public AffinityTableTests(AzuriteFixture azurite)
    {
        _account = azurite.NewAccount();
        _rows = new TableClient(_account, "Affinity");
        _affinities = new AffinityTable(new TableServiceClient(_account));
    }

    [Fact]
    public async Task CurrentAsync_NothingPublished_IsNull() => Assert.Null(await _affinities.CurrentAsync(Shop, default));

    [Fact]
    public async Task WriteAsync_NotPublished_IsNotCurrent()
    {
        await PublishAsync("1", "beans");
        await _affinities.WriteAsync(Shop, Generation("2"), Products("tea"), default);

        Assert.Equal("1", (await _affinities.CurrentAsync(Shop, default))?.Id);
    }

    [Fact]
    public async Task FindAsync_Published_EveryMeasureOfThoseThatAreThere()
    {
        var product = new ProductAffinity(new Sku("a/b#?\\ ☕"), "Kaffee", 10, [new(new Sku("x"), null, 7, 5), new(new Sku("y"), "Y \"1\"", 6, 4)]) { BasketsByMonth = [7, 0, 3] };
        await _affinities.WriteAsync(Shop, Generation("1"), [product], default);

        var found = await _affinities.FindAsync(Shop, "1", [product.Sku, product.Sku, new Sku("unknown")], default);

        var stored = Assert.Single(found).Value;
        Assert.Equivalent(product.Partners, stored.Partners, strict: true);
        Assert.Equal(product.BasketsByMonth, stored.BasketsByMonth);
        Assert.Equal(product, stored with { Partners = product.Partners, BasketsByMonth = product.BasketsByMonth });
    }

    [Fact]
    public async Task PublishAsync_WithBestsellers_CurrentIsEqualInEveryField()
    {
        var generation = Generation("2024-05-01T02:00:00.0000000Z/☕") with { Bestsellers = [new(new Sku("x"), "X", 9), new(new Sku("y"), null, 8)], BasketsByMonth = [600, 0, 400] };

        Assert.True(await _affinities.PublishAsync(Shop, generation, default));

        var current = await _affinities.CurrentAsync(Shop, default);
        Assert.Equal(generation.Bestsellers, current?.Bestsellers);
        Assert.Equal(generation.BasketsByMonth, current?.BasketsByMonth);
        Assert.Equal(generation, current! with { Bestsellers = generation.Bestsellers, BasketsByMonth = generation.BasketsByMonth });
    }

    [Fact]
    public async Task PublishAsync_OlderThanThePublished_IsRefused()
    {
        await PublishAsync("2", "beans");

        Assert.False(await _affinities.PublishAsync(Shop, Generation("1"), default));
        Assert.True(await _affinities.PublishAsync(Shop, Generation("2"), default));
        Assert.Equal("2", (await _affinities.CurrentAsync(Shop, default))?.Id);
    }

    [Fact]
    public async Task PublishAsync_ManyAtOnce_TheNewestWins()
    {
        var published = await Task.WhenAll(Enumerable.Range(1, 5).Select(number => _affinities.PublishAsync(Shop, Generation($"{number}"), default)));

        Assert.True(published[^1]);
        Assert.Equal("5", (await _affinities.CurrentAsync(Shop, default))?.Id);
    }

    [Fact]
    public async Task WriteAsync_CrashHalfWayThenARerunWithFewerProducts_LeavesOnlyTheRerun()
    {
        await PublishAsync("1", "beans");
        await CrashAsync("2");
        Assert.NotEmpty(await RowsAsync("2"));
        Assert.Equal("1", (await _affinities.CurrentAsync(Shop, default))?.Id);

        await _affinities.WriteAsync(Shop, Generation("2"), Products("sku-1", "tea"), default);

        Assert.Equal(["sku-1", "tea"], await RowsAsync("2"));
    }

    [Fact]
    public async Task WriteAsync_AlreadyPublished_TouchesNothing()
    {
        await PublishAsync("1", "beans");

        await _affinities.WriteAsync(Shop, Generation("1"), Products("tea"), default);

        Assert.Equal(["beans"], await RowsAsync("1"));
    }

    [Fact]
    public async Task SweepAsync_AfterThree_KeepsThePublishedAndTheOneBefore()
    {
        await PublishAsync("1", "a");
        await PublishAsync("2", "b");
        await _affinities.SweepAsync(Shop, default);
        Assert.Equal(["a"], await RowsAsync("1"));

        await PublishAsync("3", "c");
        await _affinities.SweepAsync(Shop, default);

        Assert.Empty(await RowsAsync("1"));
        Assert.Equal(["b"], await RowsAsync("2"));
        Assert.Equal(["c"], await RowsAsync("3"));
        Assert.Equal(["2", "3"], await RegisteredAsync());
    }

    [Fact]
    public async Task SweepAsync_UnfinishedGeneration_GoesOnceItIsOlderThanTheOneBefore()
    {
        await CrashAsync("1");
        Assert.NotEmpty(await RowsAsync("1"));
        await PublishAsync("2", "b");
        await PublishAsync("3", "c");

        await _affinities.SweepAsync(Shop, default);

        Assert.Empty(await RowsAsync("1"));
    }

    [Fact]
    public async Task SweepAsync_Interrupted_IsFinishedByTheNext()
    {
        await PublishAsync("1", [.. Enumerable.Range(0, 250).Select(number => $"sku-{number}")]);
        await PublishAsync("2", "b");
        await PublishAsync("3", "c");
        var faults = new Faults(5, afterwards: true);

        await Assert.ThrowsAsync<Faults.CrashException>(() => new AffinityTable(Faults.Client(_account, faults)).SweepAsync(Shop, default));
        await _affinities.SweepAsync(Shop, default);

        Assert.Empty(await RowsAsync("1"));
        Assert.Equal(["2", "3"], await RegisteredAsync());
    }

    private static AffinityGeneration Generation(string id) => new(id, Noon, new YearMonth(2022, 4), March, 1000, 120, 300);

    private static IEnumerable<ProductAffinity> Products(params IEnumerable<string> skus) =>
        skus.Select(sku => new ProductAffinity(new Sku(sku), null, 10, [new Partner(new Sku("partner"), null, 5, 3)]));

    /// <summary>Ends a write of many rows after some of them.</summary>
    private async Task CrashAsync(string id)
    {
        var crashing = new AffinityTable(Faults.Client(_account, new Faults(5, afterwards: true)));
        var products = Products(Enumerable.Range(0, 1000).Select(number => $"sku-{number}"));
        await Assert.ThrowsAsync<Faults.CrashException>(() => crashing.WriteAsync(Shop, Generation(id), products, default));
    }

    private async Task PublishAsync(string id, params string[] skus)
    {
        await _affinities.WriteAsync(Shop, Generation(id), Products(skus), default);
        Assert.True(await _affinities.PublishAsync(Shop, Generation(id), default));
    }

    private async Task<IEnumerable<string>> RowsAsync(string generation) =>
        (await _rows.QueryAsync<TableEntity>().ToListAsync())
            .Where(row => row.PartitionKey.StartsWith(TableKey.From(Shop.Value, generation, ""), StringComparison.Ordinal)).Select(row => row.RowKey).Order();

    private async Task<IEnumerable<string>> RegisteredAsync() =>
        (await _rows.QueryAsync<TableEntity>().ToListAsync()).Where(row => row.RowKey.StartsWith("generation", StringComparison.Ordinal)).Select(row => row.GetString("Generation"));
}
