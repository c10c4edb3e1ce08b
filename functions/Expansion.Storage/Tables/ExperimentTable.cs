using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using Expansion.Engine;
using Expansion.Engine.Experiments;
using Expansion.Engine.Experiments.Readings;

namespace Expansion.Storage.Tables;

/// <summary>
/// PartitionKey: shop. RowKey: "experiment" and its key; serves "this experiment" and "all of a shop". Beside them the row "running" with those that run, which serves
/// assignment by one point read, and is replaced with every change in the same transaction: who read it before somebody else's start can't save his own.
/// The last readings have a partition of their own, shop and "readings"; so have the looks of each experiment, shop, "looks" and its key, whose rows are used again
/// after <see cref="LookDays"/> days: they serve "its course over time".
/// </summary>
internal sealed class ExperimentTable(TableServiceClient tables) : IExperimentStore
{
    private const string Running = "running";
    private const int LookDays = 400;

    private readonly LazyTable _table = new(tables, "Experiments");

    public async Task<StoredExperiment?> FindAsync(ShopId shop, string key, CancellationToken cancellationToken) =>
        await _table.FindAsync(TableKey.From(shop.Value), Row(key), cancellationToken) is { } row ? new(row.Json<Experiment>(), row.ETag.ToString()) : null;

    public async IAsyncEnumerable<Experiment> ListAsync(ShopId shop, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var row in _table.QueryAsync(TableKey.From(shop.Value), cancellationToken))
        {
            if (row.RowKey != Running)
            {
                yield return row.Json<Experiment>();
            }
        }
    }

    public async Task<RunningExperiments> RunningAsync(ShopId shop, CancellationToken cancellationToken) =>
        await _table.FindAsync(TableKey.From(shop.Value), Running, cancellationToken) is { } row ? new(row.Json<Experiment[]>(), row.ETag.ToString()) : new([], null);

    public async Task<ExperimentReading?> ReadingAsync(ShopId shop, string key, CancellationToken cancellationToken) =>
        (await _table.FindAsync(Readings(shop), Row(key), cancellationToken))?.Json<ExperimentReading>();

    public async Task<IReadOnlyList<ExperimentLook>> LooksAsync(ShopId shop, string key, CancellationToken cancellationToken) =>
        await _table.QueryAsync(Looks(shop, key), cancellationToken).Select(row => row.Json<ExperimentLook>()).OrderBy(look => look.At).ToListAsync(cancellationToken);

    public async Task SaveReadingAsync(ShopId shop, string key, ExperimentReading reading, CancellationToken cancellationToken)
    {
        await _table.ReplaceAsync(new TableEntity(Readings(shop), Row(key)).With(reading), cancellationToken);
        if (reading.Effects.Count > 0)
        {
            var day = DateOnly.FromDateTime(reading.At.UtcDateTime).DayNumber % LookDays;
            await _table.ReplaceAsync(new TableEntity(Looks(shop, key), $"{day:d3}").With(new ExperimentLook(reading.At, reading.Effects)), cancellationToken);
        }
    }

    public Task<bool> SaveAsync(ShopId shop, Experiment experiment, string? since, RunningExperiments running, CancellationToken cancellationToken)
    {
        var partition = TableKey.From(shop.Value);
        return _table.TryWriteAsync(
            TableBatch.Split(
            [
                Change(new TableEntity(partition, Row(experiment.Definition.Key)).With(experiment), since),
                Change(new TableEntity(partition, Running).With(running.With(experiment)), running.Version),
            ]).Single(),
            cancellationToken);
    }

    private static TableTransactionAction Change(TableEntity row, string? since) => since is null
        ? new(TableTransactionActionType.Add, row)
        : new(TableTransactionActionType.UpdateReplace, row, new ETag(since));

    private static string Readings(ShopId shop) => TableKey.From(shop.Value, "readings");

    private static string Looks(ShopId shop, string key) => TableKey.From(shop.Value, "looks", key);

    private static string Row(string key) => TableKey.From("experiment", key);
}
