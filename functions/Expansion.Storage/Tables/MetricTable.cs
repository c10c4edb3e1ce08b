using System.Globalization;
using Azure;
using Azure.Data.Tables;
using Expansion.Engine;
using Expansion.Engine.Metrics;
using Expansion.Engine.Metrics.RollUp;
using Expansion.Engine.Outcomes;

namespace Expansion.Storage.Tables;

/// <summary>
/// PartitionKey: shop, slice and month. RowKey: day. Serves "the days of this slice". Beside them, by shop: in the partition "days" the slices of each day, in "months" the plans and
/// recurring revenue of each month, in "history" what was counted of each basket segment, in "alerts" what left its band.
/// </summary>
internal sealed class MetricTable(TableServiceClient tables) : IMetricStore
{
    private readonly LazyTable _table = new(tables, "Metrics");

    public async Task ReplaceAsync(ShopId shop, IReadOnlyDictionary<DateOnly, IReadOnlyDictionary<Slice, PeriodSums>> days, CancellationToken cancellationToken)
    {
        var known = await _table.QueryAsync(TableKey.From(shop.Value, "days"), cancellationToken)
            .Where(row => days.ContainsKey(Day(row.RowKey)))
            .ToDictionaryAsync(row => Day(row.RowKey), row => row.Json<Slice[]>(), cancellationToken: cancellationToken);

        // Named before they are written: a crash in between leaves no slice that the next time doesn't know of.
        await SaveSlicesAsync(day => [.. known.GetValueOrDefault(day, []).Union(days[day].Keys)]);
        await WriteAsync(
            from day in days
            from slice in day.Value
            select new TableEntity(Partition(shop, slice.Key, day.Key), Text(day.Key)).With(slice.Value));
        foreach (var (day, gone) in known.SelectMany(day => day.Value.Except(days[day.Key].Keys), (day, slice) => (day.Key, slice)))
        {
            await _table.TryDeleteAsync(Partition(shop, gone, day), Text(day), ETag.All, cancellationToken);
        }

        await SaveSlicesAsync(day => [.. days[day].Keys]);

        Task SaveSlicesAsync(Func<DateOnly, Slice[]> slices) => WriteAsync(days.Keys.Select(day => new TableEntity(TableKey.From(shop.Value, "days"), Text(day)).With(slices(day))));

        Task WriteAsync(IEnumerable<TableEntity> rows) => _table.WriteAsync(rows.Select(row => new TableTransactionAction(TableTransactionActionType.UpsertReplace, row)), cancellationToken);
    }

    public async Task<IReadOnlyDictionary<DateOnly, PeriodSums>> ReadAsync(ShopId shop, Slice slice, Period period, CancellationToken cancellationToken)
    {
        var days = new Dictionary<DateOnly, PeriodSums>();
        for (var month = new DateOnly(period.First.Year, period.First.Month, 1); month <= period.Last; month = month.AddMonths(1))
        {
            await foreach (var row in _table.QueryAsync(Partition(shop, slice, month), cancellationToken))
            {
                if (Day(row.RowKey) is var day && day >= period.First && day <= period.Last)
                {
                    days[day] = row.Json<PeriodSums>();
                }
            }
        }

        return days;
    }

    public async Task<IReadOnlyList<Slice>> SlicesAsync(ShopId shop, Period period, CancellationToken cancellationToken) =>
        await _table.QueryAsync(TableKey.From(shop.Value, "days"), cancellationToken)
            .Where(row => Day(row.RowKey) >= period.First && Day(row.RowKey) <= period.Last)
            .SelectMany(row => row.Json<Slice[]>().ToAsyncEnumerable())
            .Distinct()
            .OrderBy(slice => slice.Kind).ThenBy(slice => slice.Value, StringComparer.Ordinal)
            .ToListAsync(cancellationToken);

    public Task ReplaceMonthAsync(ShopId shop, YearMonth month, IReadOnlyList<MonthSums> sums, CancellationToken cancellationToken) =>
        _table.ReplaceAsync(new TableEntity(TableKey.From(shop.Value, "months"), month.ToString()).With(sums), cancellationToken);

    public async Task<IReadOnlyList<MonthSums>> ReadMonthAsync(ShopId shop, YearMonth month, CancellationToken cancellationToken) =>
        (await _table.FindAsync(TableKey.From(shop.Value, "months"), month.ToString(), cancellationToken))?.Json<IReadOnlyList<MonthSums>>() ?? [];

    public async Task<IReadOnlyDictionary<YearMonth, HistoryMonth>> HistoryAsync(ShopId shop, CancellationToken cancellationToken) =>
        await _table.QueryAsync(TableKey.From(shop.Value, "history"), cancellationToken)
            .ToDictionaryAsync(row => YearMonth.Parse(row.RowKey), row => row.Json<HistoryMonth>(), cancellationToken: cancellationToken);

    public Task SaveHistoryAsync(ShopId shop, YearMonth month, HistoryMonth counted, CancellationToken cancellationToken) =>
        _table.ReplaceAsync(new TableEntity(TableKey.From(shop.Value, "history"), month.ToString()).With(counted), cancellationToken);

    public Task<bool> AddAlertAsync(ShopId shop, RaisedAlert alert, CancellationToken cancellationToken) =>
        _table.TryAddAsync(new TableEntity(TableKey.From(shop.Value, "alerts"), TableKey.From(Text(alert.Period.First), Text(alert.Period.Last), alert.Metric)).With(alert), cancellationToken);

    public IAsyncEnumerable<RaisedAlert> AlertsAsync(ShopId shop, CancellationToken cancellationToken) =>
        _table.QueryAsync(TableKey.From(shop.Value, "alerts"), cancellationToken).Select(row => row.Json<RaisedAlert>());

    private static string Partition(ShopId shop, Slice slice, DateOnly day) =>
        TableKey.From(shop.Value, ExpansionJson.Word(slice.Kind), slice.Value, day.ToString("yyyy-MM", CultureInfo.InvariantCulture));

    private static string Text(DateOnly day) => day.ToString("O", CultureInfo.InvariantCulture);

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "O", CultureInfo.InvariantCulture);
}
