using System.Collections.Concurrent;
using Expansion.Engine;
using Expansion.Engine.Metrics;
using Expansion.Engine.Metrics.RollUp;
using Expansion.Engine.Outcomes;

namespace Expansion.Testing.Fakes;

public sealed class MemoryMetricStore : IMetricStore
{
    private readonly ConcurrentDictionary<(ShopId Shop, DateOnly Day), IReadOnlyDictionary<Slice, PeriodSums>> _days = new();
    private readonly ConcurrentDictionary<(ShopId Shop, YearMonth Month), IReadOnlyList<MonthSums>> _months = new();
    private readonly ConcurrentDictionary<(ShopId Shop, YearMonth Month), HistoryMonth> _history = new();
    private readonly ConcurrentDictionary<(ShopId Shop, Period Period, string Metric), RaisedAlert> _alerts = new();

    public Task ReplaceAsync(ShopId shop, IReadOnlyDictionary<DateOnly, IReadOnlyDictionary<Slice, PeriodSums>> days, CancellationToken cancellationToken)
    {
        foreach (var (day, sums) in days)
        {
            _days[(shop, day)] = sums;
        }

        return Task.CompletedTask;
    }

    public Task<IReadOnlyDictionary<DateOnly, PeriodSums>> ReadAsync(ShopId shop, Slice slice, Period period, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyDictionary<DateOnly, PeriodSums>>(_days
            .Where(day => day.Key.Shop == shop && day.Key.Day >= period.First && day.Key.Day <= period.Last && day.Value.ContainsKey(slice))
            .ToDictionary(day => day.Key.Day, day => day.Value[slice]));

    public Task<IReadOnlyList<Slice>> SlicesAsync(ShopId shop, Period period, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Slice>>([.. _days
            .Where(day => day.Key.Shop == shop && day.Key.Day >= period.First && day.Key.Day <= period.Last)
            .SelectMany(day => day.Value.Keys).Distinct().OrderBy(slice => slice.Kind).ThenBy(slice => slice.Value, StringComparer.Ordinal)]);

    public Task ReplaceMonthAsync(ShopId shop, YearMonth month, IReadOnlyList<MonthSums> sums, CancellationToken cancellationToken)
    {
        _months[(shop, month)] = sums;
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<MonthSums>> ReadMonthAsync(ShopId shop, YearMonth month, CancellationToken cancellationToken) =>
        Task.FromResult(_months.GetValueOrDefault((shop, month), []));

    public Task<IReadOnlyDictionary<YearMonth, HistoryMonth>> HistoryAsync(ShopId shop, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyDictionary<YearMonth, HistoryMonth>>(_history.Where(month => month.Key.Shop == shop).ToDictionary(month => month.Key.Month, month => month.Value));

    public Task SaveHistoryAsync(ShopId shop, YearMonth month, HistoryMonth counted, CancellationToken cancellationToken)
    {
        _history[(shop, month)] = counted;
        return Task.CompletedTask;
    }

    public Task<bool> AddAlertAsync(ShopId shop, RaisedAlert alert, CancellationToken cancellationToken) =>
        Task.FromResult(_alerts.TryAdd((shop, alert.Period, alert.Metric), alert));

    public IAsyncEnumerable<RaisedAlert> AlertsAsync(ShopId shop, CancellationToken cancellationToken) =>
        _alerts.Where(alert => alert.Key.Shop == shop).Select(alert => alert.Value).ToAsyncEnumerable();
}
