using Azure.Data.Tables;
using Expansion.Engine;
using Expansion.Engine.Compliance;

namespace Expansion.Storage.Tables;

/// <summary>PartitionKey: shop. RowKey: hash. Serves "who was erased". A partition of its own, shop and "version", holds the row that serves "is what I have still all".</summary>
internal sealed class ErasedTable(TableServiceClient tables) : IErasedStore
{
    private const string Version = "version";

    private readonly LazyTable _table = new(tables, "Erased");

    public async Task AddAsync(ShopId shop, IReadOnlyCollection<string> hashes, CancellationToken cancellationToken)
    {
        await _table.WriteAsync(hashes.Distinct().Select(hash => new TableTransactionAction(TableTransactionActionType.UpsertReplace, new TableEntity(TableKey.From(shop.Value), hash))), cancellationToken);
        await _table.ReplaceAsync(new TableEntity(TableKey.From(shop.Value, Version), Version) { ["Version"] = Guid.NewGuid().ToString("N") }, cancellationToken);
    }

    public async Task<string> VersionAsync(ShopId shop, CancellationToken cancellationToken) =>
        (await _table.FindAsync(TableKey.From(shop.Value, Version), Version, cancellationToken))?.GetString("Version") ?? "";

    public async Task<ErasedNames> ReadAsync(ShopId shop, CancellationToken cancellationToken) =>
        new(shop, await _table.QueryAsync(TableKey.From(shop.Value), cancellationToken, "RowKey").Select(row => row.RowKey).ToHashSetAsync(cancellationToken: cancellationToken));
}
