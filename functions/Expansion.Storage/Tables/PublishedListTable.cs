using Azure;
using Azure.Data.Tables;
using Expansion.Engine;
using Expansion.Engine.Shops;

namespace Expansion.Storage.Tables;

/// <summary>PartitionKey: shop. RowKey: product. Serves "which lists of the shop did we write, and what".</summary>
internal sealed class PublishedListTable(TableServiceClient tables) : IPublishedLists
{
    private readonly LazyTable _table = new(tables, "PublishedLists");

    public async Task<IReadOnlyDictionary<string, string>> ReadAsync(ShopId shop, CancellationToken cancellationToken) =>
        await _table.QueryAsync(TableKey.From(shop.Value), cancellationToken).ToDictionaryAsync(row => row.GetString("Product"), row => row.GetString("List"), cancellationToken: cancellationToken);

    public Task SaveAsync(ShopId shop, IReadOnlyDictionary<string, string> lists, CancellationToken cancellationToken) =>
        _table.WriteAsync(lists.Select(list => new TableTransactionAction(TableTransactionActionType.UpsertReplace, Row(shop, list.Key, list.Value))), cancellationToken);

    public Task RemoveAsync(ShopId shop, IReadOnlyCollection<string> products, CancellationToken cancellationToken) =>
        Task.WhenAll(products.Select(product => _table.TryDeleteAsync(TableKey.From(shop.Value), TableKey.From(product), ETag.All, cancellationToken)));

    private static TableEntity Row(ShopId shop, string product, string list) =>
        new(TableKey.From(shop.Value), TableKey.From(product)) { ["Product"] = product, ["List"] = list };
}
