using Azure.Data.Tables;
using Expansion.Engine;
using Expansion.Engine.Outcomes;

namespace Expansion.Storage.Tables;

/// <summary>PartitionKey: shop and customer. RowKey: "journal". Serves "what was this customer shown, and what did they do", by one point read.</summary>
internal sealed class JournalTable(TableServiceClient tables) : IJournalStore
{
    private const string RowKey = "journal";
    private const int Attempts = 20;
    private const int Parallelism = 8;

    private readonly LazyTable _table = new(tables, "Journals");

    public async Task<CustomerJournal> FindAsync(ShopId shop, CustomerId customer, CancellationToken cancellationToken) =>
        (await _table.FindAsync(Partition(shop, customer), RowKey, cancellationToken))?.Json<CustomerJournal>() ?? CustomerJournal.Empty;

    public Task SaveAsync(ShopId shop, IEnumerable<Outcome> outcomes, CancellationToken cancellationToken) => Parallel.ForEachAsync(
        outcomes.Where(outcome => outcome.Customer is not null).GroupBy(outcome => outcome.Customer!.Value),
        new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = cancellationToken },
        async (customer, stop) => await SaveAsync(shop, customer.Key, [.. customer], stop));

    private async Task SaveAsync(ShopId shop, CustomerId customer, IReadOnlyList<Outcome> outcomes, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var row = await _table.FindAsync(Partition(shop, customer), RowKey, cancellationToken);
            var journal = (row?.Json<CustomerJournal>() ?? CustomerJournal.Empty).With(outcomes);
            var next = new TableEntity(Partition(shop, customer), RowKey).With(journal);
            if (row is null ? await _table.TryAddAsync(next, cancellationToken) : await _table.TryReplaceAsync(next, row.ETag, cancellationToken))
            {
                return;
            }
        }

        throw new InvalidOperationException($"The journal of {customer} of {shop} was changed by others {Attempts} times while being changed.");
    }

    private static string Partition(ShopId shop, CustomerId customer) => TableKey.From(shop.Value, customer.Value);
}
