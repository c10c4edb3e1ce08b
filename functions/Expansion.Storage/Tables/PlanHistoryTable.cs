using System.Globalization;
using Azure.Data.Tables;
using Expansion.Engine;
using Expansion.Engine.Metrics.Facts;

namespace Expansion.Storage.Tables;

/// <summary>PartitionKey: shop and one of 32 parts by the customer's hash. RowKey: customer. Serves "all plans of all customers", once a night.</summary>
internal sealed class PlanHistoryTable(TableServiceClient tables) : IPlanHistoryStore
{
    private const int Parts = 32;
    private const int Attempts = 20;
    private const int Parallelism = 8;

    private readonly LazyTable _table = new(tables, "PlanHistories");

    public Task SaveAsync(ShopId shop, IEnumerable<PlanChange> changes, CancellationToken cancellationToken) => Parallel.ForEachAsync(
        changes.GroupBy(change => change.Customer),
        new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = cancellationToken },
        async (customer, stop) => await SaveAsync(shop, customer.Key, [.. customer], stop));

    public IAsyncEnumerable<PlanHistory> ListAsync(ShopId shop, CancellationToken cancellationToken) =>
        _table.QueryPartitionsAsync(TableKey.From(shop.Value, ""), cancellationToken).Select(row => row.Json<PlanHistory>());

    private async Task SaveAsync(ShopId shop, CustomerId customer, IReadOnlyList<PlanChange> changes, CancellationToken cancellationToken)
    {
        var (partition, key) = (TableKey.From(shop.Value, (TableKey.HashOf(customer.Value) % Parts).ToString("x2", CultureInfo.InvariantCulture)), TableKey.From(customer.Value));
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var row = await _table.FindAsync(partition, key, cancellationToken);
            var history = changes.Aggregate(row?.Json<PlanHistory>() ?? new PlanHistory(customer), (known, change) => known.With(change));
            var next = new TableEntity(partition, key).With(history);
            if (row is null ? await _table.TryAddAsync(next, cancellationToken) : await _table.TryReplaceAsync(next, row.ETag, cancellationToken))
            {
                return;
            }
        }

        throw new InvalidOperationException($"The plans of {customer} of {shop} were changed by others {Attempts} times while being changed.");
    }
}
