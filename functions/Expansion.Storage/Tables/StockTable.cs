using Azure.Data.Tables;
using Expansion.Engine;
using Expansion.Engine.Recommendations.Catalogue;

namespace Expansion.Storage.Tables;

/// <summary>
/// PartitionKey: shop and the name of an item's stock. RowKey: "sku", or "at" and a location. Serves "what is this, and how many are where".
/// A partition of its own, shop and "locations", has a row each. Serves "how many locations are there".
/// </summary>
internal sealed class StockTable(TableServiceClient tables) : IStockStore
{
    private const string Name = "sku";
    private const string At = "at";
    private const string Locations = "locations";

    private readonly LazyTable _table = new(tables, "Stock");

    public Task NameAsync(ShopId shop, string item, Sku sku, CancellationToken cancellationToken) =>
        _table.ReplaceAsync(new TableEntity(Partition(shop, item), Name) { ["Sku"] = sku.Value }, cancellationToken);

    public async Task<ItemStock> SaveAsync(StockReceived level, CancellationToken cancellationToken)
    {
        var (partition, key) = (Partition(level.Shop, level.Item), TableKey.From(At, level.Location));
        var row = new TableEntity(partition, key) { ["Location"] = level.Location, ["Available"] = level.Available, ["At"] = level.At };
        var saved = false;
        while (!saved)
        {
            var known = await _table.FindAsync(partition, key, cancellationToken);
            saved = known is null ? await _table.TryAddAsync(row, cancellationToken) : known.GetDateTimeOffset("At") > level.At || await _table.TryReplaceAsync(row, known.ETag, cancellationToken);
        }

        var locations = TableKey.From(level.Shop.Value, Locations);
        await _table.TryAddAsync(new TableEntity(locations, TableKey.From(level.Location)), cancellationToken);
        var rows = await _table.QueryAsync(partition, cancellationToken).ToListAsync(cancellationToken);
        return new(
            rows.Find(item => item.RowKey == Name) is { } name ? new Sku(name.GetString("Sku")) : null,
            rows.Where(item => item.RowKey != Name).ToDictionary(item => item.GetString("Location"), item => item.GetInt64("Available")!.Value),
            await _table.QueryAsync(locations, cancellationToken, "RowKey").CountAsync(cancellationToken));
    }

    private static string Partition(ShopId shop, string item) => TableKey.From(shop.Value, "item", item);
}
