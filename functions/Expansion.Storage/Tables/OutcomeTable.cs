using System.Globalization;
using Azure;
using Azure.Data.Tables;
using Expansion.Engine;
using Expansion.Engine.Outcomes;

namespace Expansion.Storage.Tables;

/// <summary>
/// PartitionKey: shop, day and one of 16 parts by the id's hash. RowKey: kind and id. Serves "all outcomes of a day", to be rolled up. Beside them, in the partition shop and
/// "changed", a row for every day that changed, written after the outcomes: who rolls up reads the mark first, so an outcome it missed has a mark it can't clear.
/// </summary>
internal sealed class OutcomeTable(TableServiceClient tables) : IOutcomeStore
{
    private const int Parts = 16;

    private readonly LazyTable _table = new(tables, "Outcomes");

    public async Task SaveAsync(ShopId shop, IReadOnlyCollection<DayOutcome> outcomes, CancellationToken cancellationToken)
    {
        await _table.WriteAsync(
            outcomes.Select(entry => new TableTransactionAction(TableTransactionActionType.UpsertReplace, Row(shop, entry.Day, entry.Outcome).With(entry.Outcome))), cancellationToken);
        foreach (var moved in outcomes.Where(entry => entry.Before is { } before && before != entry.Day))
        {
            var left = Row(shop, moved.Before!.Value, moved.Outcome);
            await _table.TryDeleteAsync(left.PartitionKey, left.RowKey, ETag.All, cancellationToken);
        }

        await MarkAsync(shop, [.. outcomes.SelectMany(entry => new[] { entry.Day, entry.Before ?? entry.Day }).Distinct()], cancellationToken);
    }

    public Task MarkAsync(ShopId shop, IReadOnlyCollection<DateOnly> days, CancellationToken cancellationToken) => _table.WriteAsync(
        days.Select(day => new TableTransactionAction(TableTransactionActionType.UpsertReplace, new TableEntity(Marks(shop), Text(day)) { ["Version"] = Guid.NewGuid().ToString("N") })),
        cancellationToken);

    public IAsyncEnumerable<Outcome> ReadAsync(ShopId shop, DateOnly day, CancellationToken cancellationToken) =>
        _table.QueryPartitionsAsync(TableKey.From(shop.Value, Text(day), ""), cancellationToken).Select(row => row.Json<Outcome>());

    public async Task<IReadOnlyList<ChangedDay>> ChangedDaysAsync(ShopId shop, CancellationToken cancellationToken) =>
        await _table.QueryAsync(Marks(shop), cancellationToken)
            .Select(row => new ChangedDay(DateOnly.ParseExact(row.RowKey, "O", CultureInfo.InvariantCulture), row.GetString("Version")))
            .ToListAsync(cancellationToken);

    public async Task<bool> ClearAsync(ShopId shop, ChangedDay day, CancellationToken cancellationToken) =>
        await _table.FindAsync(Marks(shop), Text(day.Day), cancellationToken) is { } mark && mark.GetString("Version") == day.Version
        && await _table.TryDeleteAsync(mark.PartitionKey, mark.RowKey, mark.ETag, cancellationToken);

    private static string Marks(ShopId shop) => TableKey.From(shop.Value, "changed");

    private static TableEntity Row(ShopId shop, DateOnly day, Outcome outcome) => new(
        TableKey.From(shop.Value, Text(day), (TableKey.HashOf(outcome.Id) % Parts).ToString("x2", CultureInfo.InvariantCulture)),
        TableKey.From(ExpansionJson.Word(outcome.Kind), outcome.Id));

    private static string Text(DateOnly day) => day.ToString("O", CultureInfo.InvariantCulture);
}
