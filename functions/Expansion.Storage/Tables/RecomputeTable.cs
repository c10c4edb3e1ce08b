using Azure.Data.Tables;
using Expansion.Engine;
using Expansion.Engine.Affinity;

namespace Expansion.Storage.Tables;

/// <summary>PartitionKey: shop. RowKey: "status". Serves "how is the recompute of this shop going".</summary>
internal sealed class RecomputeTable(TableServiceClient tables) : IRecomputeStatusStore
{
    private const string Row = "status";

    private readonly LazyTable _table = new(tables, "Recomputes");

    public async Task<RecomputeStatus?> FindAsync(ShopId shop, CancellationToken cancellationToken) =>
        (await _table.FindAsync(TableKey.From(shop.Value), Row, cancellationToken))?.Json<RecomputeStatus>();

    public Task SaveAsync(ShopId shop, RecomputeStatus status, CancellationToken cancellationToken) =>
        _table.ReplaceAsync(new TableEntity(TableKey.From(shop.Value), Row).With(status), cancellationToken);
}
