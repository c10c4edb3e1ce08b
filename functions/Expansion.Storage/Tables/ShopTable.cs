using System.Runtime.CompilerServices;
using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using Expansion.Engine;
using Expansion.Engine.Shops;

namespace Expansion.Storage.Tables;

/// <summary>PartitionKey: "shop". RowKey: shop. Serves "this shop's settings" and "all shops".</summary>
internal sealed class ShopTable(TableServiceClient tables) : IShopStore
{
    private const string Partition = "shop";

    private readonly LazyTable _table = new(tables, "Shops");

    public async Task<Shop?> FindAsync(ShopId shop, CancellationToken cancellationToken) =>
        await _table.FindAsync(Partition, TableKey.From(shop.Value), cancellationToken) is { } row ? Read(row) : null;

    public async Task<Shop> EnsureAsync(ShopId shop, CancellationToken cancellationToken)
    {
        if (await FindAsync(shop, cancellationToken) is { } known)
        {
            return known;
        }

        await _table.TryAddAsync(Row(shop, new ShopSettings()), cancellationToken);
        return await FindAsync(shop, cancellationToken) ?? throw new InvalidOperationException($"Shop {shop} was added and is gone.");
    }

    public async Task<Shop?> SaveAsync(Shop shop, CancellationToken cancellationToken) =>
        await _table.TryReplaceAsync(Row(shop.Id, shop.Settings), new ETag(shop.Version), cancellationToken) ? await FindAsync(shop.Id, cancellationToken) : null;

    public async IAsyncEnumerable<Shop> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var row in _table.QueryAsync(Partition, cancellationToken))
        {
            yield return Read(row);
        }
    }

    private static TableEntity Row(ShopId shop, ShopSettings settings) => new(Partition, TableKey.From(shop.Value))
    {
        ["Shop"] = shop.Value,
        ["Settings"] = JsonSerializer.Serialize(settings, ExpansionJson.Options),
    };

    private static Shop Read(TableEntity row)
    {
        var settings = JsonSerializer.Deserialize<ShopSettings>(row.GetString("Settings"), ExpansionJson.Options);
        return new Shop(ShopId.From(row.GetString("Shop")), settings ?? throw new InvalidOperationException($"Shop {row.RowKey} has no settings."), row.ETag.ToString());
    }
}
