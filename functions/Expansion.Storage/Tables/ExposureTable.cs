using System.Globalization;
using Azure.Data.Tables;
using Expansion.Engine;
using Expansion.Engine.Outcomes;

namespace Expansion.Storage.Tables;

/// <summary>PartitionKey: shop, experiment and one of 64 parts by the customer's hash. RowKey: customer. Serves "what was this customer shown first", and for timers "all of an experiment".</summary>
internal sealed class ExposureTable(TableServiceClient tables) : IExposureStore
{
    private const int Parallelism = 8;

    private readonly LazyTable _table = new(tables, "Exposures");

    /// <summary>A batch that holds somebody who is there already fails as a whole; then the others of it are looked for and sent again.</summary>
    public Task SaveAsync(ShopId shop, IReadOnlyCollection<Exposure> exposures, CancellationToken cancellationToken) => Parallel.ForEachAsync(
        exposures.DistinctBy(exposure => (exposure.Experiment, exposure.Customer))
            .GroupBy(exposure => Partition(shop, exposure.Experiment, exposure.Customer))
            .SelectMany(part => part.Chunk(TableBatch.MaxOperations)),
        new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = cancellationToken },
        async (batch, stop) =>
        {
            for (var open = batch; open.Length > 0 && !await TryAddAsync(shop, open, stop);)
            {
                var known = await Task.WhenAll(open.Select(exposure => FindAsync(shop, exposure.Experiment, exposure.Customer, stop)));
                open = [.. open.Where((_, i) => known[i] is null)];
            }
        });

    public async Task<Exposure?> FindAsync(ShopId shop, string experiment, CustomerId customer, CancellationToken cancellationToken) =>
        await _table.FindAsync(Partition(shop, experiment, customer), TableKey.From(customer.Value), cancellationToken) is { } row ? Read(experiment, row) : null;

    public IAsyncEnumerable<Exposure> ReadAsync(ShopId shop, string experiment, CancellationToken cancellationToken) =>
        _table.QueryPartitionsAsync(TableKey.From(shop.Value, experiment, ""), cancellationToken).Select(row => Read(experiment, row));

    private Task<bool> TryAddAsync(ShopId shop, IEnumerable<Exposure> exposures, CancellationToken cancellationToken) =>
        _table.TryWriteAsync(TableBatch.Split(exposures.Select(exposure => new TableTransactionAction(TableTransactionActionType.Add, Row(shop, exposure)))).Single(), cancellationToken);

    private static string Partition(ShopId shop, string experiment, CustomerId customer) =>
        TableKey.From(shop.Value, experiment, Exposure.PartitionOf(customer).ToString("x2", CultureInfo.InvariantCulture));

    private static TableEntity Row(ShopId shop, Exposure exposure) => new(Partition(shop, exposure.Experiment, exposure.Customer), TableKey.From(exposure.Customer.Value))
    {
        ["Customer"] = exposure.Customer.Value,
        ["Variation"] = exposure.Variation,
        ["Propensity"] = exposure.Propensity,
        ["At"] = exposure.At.ToUniversalTime(),
    };

    private static Exposure Read(string experiment, TableEntity row) => new(
        experiment, new(row.GetString("Customer")), row.GetInt32("Variation") ?? 0, row.GetDouble("Propensity") ?? 1, row.GetDateTimeOffset("At") ?? DateTimeOffset.UnixEpoch);
}
