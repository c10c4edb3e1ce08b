using Azure.Data.Tables;
using Expansion.Engine;
using Expansion.Engine.Orders;

namespace Expansion.Storage.Tables;

/// <summary>PartitionKey: shop. RowKey: import. Serves "how does this import stand".</summary>
internal sealed class ImportTable(TableServiceClient tables) : IImportStore
{
    private readonly LazyTable _table = new(tables, "Imports");

    public async Task<ImportStatus?> FindAsync(ShopId shop, string id, CancellationToken cancellationToken) =>
        (await _table.FindAsync(TableKey.From(shop.Value), TableKey.From(id), cancellationToken))?.Json<ImportStatus>();

    public Task SaveAsync(ShopId shop, ImportStatus status, CancellationToken cancellationToken) =>
        _table.ReplaceAsync(new TableEntity(TableKey.From(shop.Value), TableKey.From(status.Id)).With(status), cancellationToken);
}
