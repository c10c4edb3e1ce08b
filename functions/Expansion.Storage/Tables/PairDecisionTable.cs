using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using Expansion.Engine;
using Expansion.Engine.Affinity;

namespace Expansion.Storage.Tables;

/// <summary>PartitionKey: shop. RowKey: both SKUs. Serves "what was decided about this pair" and, for the nightly job and whoever keeps them
/// in memory, "all decisions of a shop". A partition of its own, shop and "version", holds the row that serves "are those I have still all".</summary>
internal sealed class PairDecisionTable(TableServiceClient tables) : IPairDecisionStore
{
    private const string Version = "version";

    private readonly LazyTable _table = new(tables, "PairDecisions");

    public async Task SaveAsync(ShopId shop, PairDecision decision, CancellationToken cancellationToken)
    {
        await _table.ReplaceAsync(new TableEntity(TableKey.From(shop.Value), RowKey(decision.A, decision.B)).With(decision), cancellationToken);
        await ChangeVersionAsync(shop, cancellationToken);
    }

    public async Task DeleteAsync(ShopId shop, Sku a, Sku b, CancellationToken cancellationToken)
    {
        await _table.TryDeleteAsync(TableKey.From(shop.Value), RowKey(a, b), ETag.All, cancellationToken);
        await ChangeVersionAsync(shop, cancellationToken);
    }

    public async Task<PairDecision?> FindAsync(ShopId shop, Sku a, Sku b, CancellationToken cancellationToken) =>
        (await _table.FindAsync(TableKey.From(shop.Value), RowKey(a, b), cancellationToken))?.Json<PairDecision>();

    public async Task<string> VersionAsync(ShopId shop, CancellationToken cancellationToken) =>
        (await _table.FindAsync(TableKey.From(shop.Value, Version), Version, cancellationToken))?.GetString("Version") ?? "";

    public async IAsyncEnumerable<PairDecision> ListAsync(ShopId shop, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var row in _table.QueryAsync(TableKey.From(shop.Value), cancellationToken))
        {
            yield return row.Json<PairDecision>();
        }
    }

    /// <summary>Not the row's ETag, which two writes of one instant may share.</summary>
    private Task ChangeVersionAsync(ShopId shop, CancellationToken cancellationToken) =>
        _table.ReplaceAsync(new TableEntity(TableKey.From(shop.Value, Version), Version) { ["Version"] = Guid.NewGuid().ToString("N") }, cancellationToken);

    private static string RowKey(Sku a, Sku b) => TableKey.From(a.Value, b.Value);
}
