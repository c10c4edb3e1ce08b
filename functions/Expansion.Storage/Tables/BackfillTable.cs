using Azure;
using Azure.Data.Tables;
using Expansion.Engine;
using Expansion.Engine.Shops;

namespace Expansion.Storage.Tables;

/// <summary>PartitionKey: shop. RowKey: "backfill". Serves "how far is the backfill of this shop".</summary>
internal sealed class BackfillTable(TableServiceClient tables) : IBackfillStore
{
    private const string Row = "backfill";

    private readonly LazyTable _table = new(tables, "Backfills");

    public async Task<StoredBackfill?> FindAsync(ShopId shop, CancellationToken cancellationToken) =>
        await _table.FindAsync(TableKey.From(shop.Value), Row, cancellationToken) is { } row ? new(row.Json<Backfill>(), row.ETag.ToString()) : null;

    public async Task<string?> SaveAsync(ShopId shop, Backfill backfill, string? since, CancellationToken cancellationToken)
    {
        var row = new TableEntity(TableKey.From(shop.Value), Row).With(backfill);
        var saved = since is null ? await _table.TryAddAsync(row, cancellationToken) : await _table.TryReplaceAsync(row, new ETag(since), cancellationToken);
        return saved ? (await FindAsync(shop, cancellationToken))?.Version : null;
    }
}
