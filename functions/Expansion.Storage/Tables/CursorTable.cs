using Azure.Data.Tables;
using Expansion.Engine;

namespace Expansion.Storage.Tables;

/// <summary>PartitionKey: shop. RowKey: the job's name. Serves "where does it go on".</summary>
internal sealed class CursorTable(TableServiceClient tables) : ICursorStore
{
    private const string Position = "Position";

    private readonly LazyTable _table = new(tables, "Cursors");

    public async Task<DateTimeOffset?> FindAsync(ShopId shop, string name, CancellationToken cancellationToken) =>
        (await _table.FindAsync(TableKey.From(shop.Value), TableKey.From(name), cancellationToken))?.GetDateTimeOffset(Position);

    public Task SaveAsync(ShopId shop, string name, DateTimeOffset position, CancellationToken cancellationToken) =>
        _table.ReplaceAsync(new TableEntity(TableKey.From(shop.Value), TableKey.From(name)) { [Position] = position }, cancellationToken);
}
