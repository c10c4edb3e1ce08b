using Azure.Data.Tables;
using Expansion.Engine;
using Expansion.Engine.Offers.Pricing.Honesty;

namespace Expansion.Storage.Tables;

/// <summary>PartitionKey: shop. RowKey: SKU. Serves "what was charged for these products", by point reads, and for nightly work all of a shop.</summary>
internal sealed class PriceHistoryTable(TableServiceClient tables) : IPriceHistoryStore
{
    /// <summary>Kept of each product, the latest: three changes a day for a year.</summary>
    private const int MostChanges = 1000;
    private const int Attempts = 10;
    private const int Parallelism = 8;

    private readonly LazyTable _table = new(tables, "PriceHistory");

    public Task AddAsync(ShopId shop, IReadOnlyCollection<ProductPrice> changes, CancellationToken cancellationToken) => Parallel.ForEachAsync(
        changes.GroupBy(change => change.Sku),
        new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = cancellationToken },
        async (product, stop) => await AddAsync(shop, product.Key, [.. product.Select(change => new PriceChange(change.From.ToUniversalTime(), change.Price))], stop));

    public async Task<IReadOnlyDictionary<Sku, IReadOnlyList<PriceChange>>> FindAsync(ShopId shop, IReadOnlyCollection<Sku> skus, CancellationToken cancellationToken)
    {
        var rows = await Task.WhenAll(skus.Distinct().Select(sku => _table.FindAsync(TableKey.From(shop.Value), TableKey.From(sku.Value), cancellationToken)));
        return rows.OfType<TableEntity>().ToDictionary(SkuOf, Changes);
    }

    public async Task<IReadOnlyDictionary<Sku, IReadOnlyList<PriceChange>>> ListAsync(ShopId shop, CancellationToken cancellationToken) =>
        await _table.QueryAsync(TableKey.From(shop.Value), cancellationToken).ToDictionaryAsync(SkuOf, Changes, cancellationToken: cancellationToken);

    private async Task AddAsync(ShopId shop, Sku sku, List<PriceChange> changes, CancellationToken cancellationToken)
    {
        var (partition, key) = (TableKey.From(shop.Value), TableKey.From(sku.Value));
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var row = await _table.FindAsync(partition, key, cancellationToken);
            var known = row is null ? [] : Changes(row);
            PriceChange[] merged = [.. changes.Reverse<PriceChange>().Concat(known).DistinctBy(change => change.From).OrderBy(change => change.From).TakeLast(MostChanges)];
            var next = new TableEntity(partition, key) { ["Sku"] = sku.Value }.With(merged);
            if (row is null ? await _table.TryAddAsync(next, cancellationToken) : await _table.TryReplaceAsync(next, row.ETag, cancellationToken))
            {
                return;
            }
        }

        throw new InvalidOperationException($"The prices of {sku} of {shop} were changed by others {Attempts} times while they were being changed.");
    }

    private static Sku SkuOf(TableEntity row) => new(row.GetString("Sku"));

    private static IReadOnlyList<PriceChange> Changes(TableEntity row) => row.Json<PriceChange[]>();
}
