using Azure;
using Azure.Data.Tables;
using Expansion.Engine;
using Expansion.Engine.Crm;

namespace Expansion.Storage.Tables;

/// <summary>PartitionKey: shop. RowKey: the change's id. Serves "what was proposed and written into product slots".</summary>
internal sealed class SlotChangeTable(TableServiceClient tables) : ISlotChangeStore
{
    private readonly LazyTable _table = new(tables, "SlotChanges");

    public async Task<StoredSlotChange?> FindAsync(ShopId shop, string id, CancellationToken cancellationToken) =>
        await _table.FindAsync(TableKey.From(shop.Value), TableKey.From(id), cancellationToken) is { } row ? new(row.Json<SlotChange>(), row.ETag.ToString()) : null;

    public Task<bool> SaveAsync(ShopId shop, StoredSlotChange change, CancellationToken cancellationToken)
    {
        var row = new TableEntity(TableKey.From(shop.Value), TableKey.From(change.Change.Id)).With(change.Change);
        return change.Version is { } version ? _table.TryReplaceAsync(row, new ETag(version), cancellationToken) : _table.TryAddAsync(row, cancellationToken);
    }

    public IAsyncEnumerable<SlotChange> ListAsync(ShopId shop, CancellationToken cancellationToken) =>
        _table.QueryAsync(TableKey.From(shop.Value), cancellationToken).Select(row => row.Json<SlotChange>());
}
