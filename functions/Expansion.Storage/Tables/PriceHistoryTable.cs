using System.Collections.Concurrent;
using System.Globalization;
using Azure.Data.Tables;
using Expansion.Engine;
using Expansion.Engine.Offers.Pricing.Honesty;

namespace Expansion.Storage.Tables;

/// <summary>PartitionKey: shop and one of 16 parts by the SKU's hash. RowKey: SKU. Serves "what was charged for these products", by point reads, and for nightly work all of a shop.</summary>
internal sealed class PriceHistoryTable(TableServiceClient tables) : IPriceHistoryStore
{
    /// <summary>Kept of each product, the latest: three changes a day for a year.</summary>
    private const int MostChanges = 1000;
    private const int Attempts = 20;
    private const int Parallelism = 4;
    private const int Parts = 16;

    /// <summary>From so many products on, reading the whole shop is less work than a read each.</summary>
    private const int Many = 200;

    private readonly LazyTable _table = new(tables, "PriceHistory");

    public async Task AddAsync(ShopId shop, IReadOnlyCollection<ProductPrice> changes, CancellationToken cancellationToken)
    {
        var open = changes.GroupBy(change => change.Sku).ToDictionary(product => product.Key, product => product.Select(change => new PriceChange(change.From.ToUniversalTime(), change.Price)).ToList());
        for (var attempt = 0; attempt < Attempts && open.Count > 0; attempt++)
        {
            var known = (await RowsAsync(shop, [.. open.Keys], cancellationToken)).ToDictionary(SkuOf);
            var left = new ConcurrentDictionary<Sku, List<PriceChange>>();
            await Parallel.ForEachAsync(
                open.GroupBy(product => Partition(shop, product.Key)).SelectMany(part => part.Chunk(TableBatch.MaxOperations)),
                new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = cancellationToken },
                async (batch, stop) =>
                {
                    foreach (var transaction in TableBatch.Split(batch.Select(product => Change(shop, product.Key, product.Value, known.GetValueOrDefault(product.Key)))))
                    {
                        if (!await _table.TryWriteAsync(transaction, stop))
                        {
                            Array.ForEach([.. transaction.Select(action => SkuOf((TableEntity)action.Entity))], sku => left[sku] = open[sku]);
                        }
                    }
                });
            open = new(left);
        }

        if (open.Count > 0)
        {
            throw new InvalidOperationException($"The prices of {open.Keys.First()} of {shop} were changed by others {Attempts} times while they were being changed.");
        }
    }

    public async Task<IReadOnlyDictionary<Sku, IReadOnlyList<PriceChange>>> FindAsync(ShopId shop, IReadOnlyCollection<Sku> skus, CancellationToken cancellationToken) =>
        (await RowsAsync(shop, [.. skus], cancellationToken)).ToDictionary(SkuOf, Changes);

    public async Task<IReadOnlyDictionary<Sku, IReadOnlyList<PriceChange>>> ListAsync(ShopId shop, CancellationToken cancellationToken) =>
        (await AllAsync(shop, cancellationToken)).ToDictionary(SkuOf, Changes);

    private async Task<IReadOnlyList<TableEntity>> RowsAsync(ShopId shop, HashSet<Sku> skus, CancellationToken cancellationToken)
    {
        if (skus.Count >= Many)
        {
            return [.. (await AllAsync(shop, cancellationToken)).Where(row => skus.Contains(SkuOf(row)))];
        }

        var rows = await Task.WhenAll(skus.Select(sku => _table.FindAsync(Partition(shop, sku), TableKey.From(sku.Value), cancellationToken)));
        return [.. rows.OfType<TableEntity>()];
    }

    private ValueTask<List<TableEntity>> AllAsync(ShopId shop, CancellationToken cancellationToken) => _table.QueryPartitionsAsync(TableKey.From(shop.Value, ""), cancellationToken).ToListAsync(cancellationToken);

    private static TableTransactionAction Change(ShopId shop, Sku sku, List<PriceChange> changes, TableEntity? known)
    {
        PriceChange[] merged =
        [
            .. changes.Reverse<PriceChange>().Concat(known is null ? [] : Changes(known)).DistinctBy(change => change.From).OrderBy(change => change.From).TakeLast(MostChanges),
        ];
        var next = new TableEntity(Partition(shop, sku), TableKey.From(sku.Value)) { ["Sku"] = sku.Value }.With(merged);
        return known is null ? new(TableTransactionActionType.Add, next) : new(TableTransactionActionType.UpdateReplace, next, known.ETag);
    }

    private static string Partition(ShopId shop, Sku sku) => TableKey.From(shop.Value, (TableKey.HashOf(sku.Value) % Parts).ToString("x2", CultureInfo.InvariantCulture));

    private static Sku SkuOf(TableEntity row) => new(row.GetString("Sku"));

    private static IReadOnlyList<PriceChange> Changes(TableEntity row) => row.Json<PriceChange[]>();
}
