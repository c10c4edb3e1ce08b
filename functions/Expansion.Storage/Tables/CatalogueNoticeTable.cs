using System.Globalization;
using Azure;
using Azure.Data.Tables;
using Expansion.Engine;
using Expansion.Engine.Recommendations.Catalogue;

namespace Expansion.Storage.Tables;

/// <summary>
/// PartitionKey: shop and hour. RowKey: time and a random tail. Serves "which products have changed since", for instances that keep them in memory.
/// </summary>
internal sealed class CatalogueNoticeTable(TableServiceClient tables, TimeProvider time)
{
    private const int MostSkus = 500;
    private const int PageSize = 1000;

    private readonly LazyTable _table = new(tables, "CatalogueNotices");

    public async Task AddAsync(ShopId shop, IReadOnlyList<Sku> skus, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        foreach (var some in skus.Chunk(MostSkus))
        {
            await _table.ReplaceAsync(new TableEntity(Partition(shop, now), $"{RowKey(now)}-{Guid.NewGuid():N}").With(some), cancellationToken);
        }
    }

    public async Task<IReadOnlyList<CatalogueNotice>> ListAsync(ShopId shop, DateTimeOffset from, CancellationToken cancellationToken)
    {
        var notices = new List<CatalogueNotice>();
        for (var hour = from; string.CompareOrdinal(Partition(shop, hour), Partition(shop, time.GetUtcNow())) <= 0; hour = hour.AddHours(1))
        {
            await foreach (var row in _table.QueryAfterAsync(Partition(shop, hour), RowKey(from), PageSize, cancellationToken))
            {
                notices.Add(new(row.RowKey, row.Json<Sku[]>()));
            }
        }

        return notices;
    }

    public async Task SweepAsync(ShopId shop, DateTimeOffset before, CancellationToken cancellationToken)
    {
        var old = await _table.QueryPartitionsAsync(TableKey.From(shop.Value, ""), cancellationToken, "PartitionKey", "RowKey")
            .Where(row => string.CompareOrdinal(row.PartitionKey, Partition(shop, before)) < 0).ToListAsync(cancellationToken);
        await _table.WriteAsync(old.Select(row => new TableTransactionAction(TableTransactionActionType.Delete, row, ETag.All)), cancellationToken);
    }

    private static string Partition(ShopId shop, DateTimeOffset time) => TableKey.From(shop.Value, time.UtcDateTime.ToString("yyyyMMddHH", CultureInfo.InvariantCulture));

    private static string RowKey(DateTimeOffset time) => time.UtcTicks.ToString("D19", CultureInfo.InvariantCulture);
}
