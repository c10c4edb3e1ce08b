using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using Expansion.Engine;
using Expansion.Engine.Affinity;

namespace Expansion.Storage.Tables;

/// <summary>PartitionKey: shop. RowKey: both SKUs. Serves "what was decided about this pair" and, for the nightly job, "all decisions of a shop".</summary>
internal sealed class PairDecisionTable(TableServiceClient tables) : IPairDecisionStore
{
    private readonly LazyTable _table = new(tables, "PairDecisions");

    public Task SaveAsync(ShopId shop, PairDecision decision, CancellationToken cancellationToken) =>
        _table.ReplaceAsync(new TableEntity(TableKey.From(shop.Value), RowKey(decision.A, decision.B)).With(decision), cancellationToken);

    public Task DeleteAsync(ShopId shop, Sku a, Sku b, CancellationToken cancellationToken) =>
        _table.TryDeleteAsync(TableKey.From(shop.Value), RowKey(a, b), ETag.All, cancellationToken);

    public async Task<PairDecision?> FindAsync(ShopId shop, Sku a, Sku b, CancellationToken cancellationToken) =>
        (await _table.FindAsync(TableKey.From(shop.Value), RowKey(a, b), cancellationToken))?.Json<PairDecision>();

    public async IAsyncEnumerable<PairDecision> ListAsync(ShopId shop, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var row in _table.QueryAsync(TableKey.From(shop.Value), cancellationToken))
        {
            yield return row.Json<PairDecision>();
        }
    }

    private static string RowKey(Sku a, Sku b) => TableKey.From(a.Value, b.Value);
}
