using Expansion.Engine.Metrics.Facts;
using Expansion.Engine.Metrics.RollUp;
using Expansion.Engine.Outcomes;

namespace Expansion.Engine.Metrics;

/// <summary>A shop's days and months as sums, and the alerts that came of them.</summary>
public interface IMetricStore
{
    /// <summary>Replaces days of one month with all their slices. Can be repeated.</summary>
    Task ReplaceAsync(ShopId shop, IReadOnlyDictionary<DateOnly, IReadOnlyDictionary<Slice, PeriodSums>> days, CancellationToken cancellationToken);

    /// <summary>The days of a slice that have any sums.</summary>
    Task<IReadOnlyDictionary<DateOnly, PeriodSums>> ReadAsync(ShopId shop, Slice slice, Period period, CancellationToken cancellationToken);

    /// <summary>The slices that have anything in the period.</summary>
    Task<IReadOnlyList<Slice>> SlicesAsync(ShopId shop, Period period, CancellationToken cancellationToken);

    Task ReplaceMonthAsync(ShopId shop, YearMonth month, IReadOnlyList<MonthSums> sums, CancellationToken cancellationToken);

    /// <summary>Empty for a month that isn't over.</summary>
    Task<IReadOnlyList<MonthSums>> ReadMonthAsync(ShopId shop, YearMonth month, CancellationToken cancellationToken);

    /// <summary>What was counted of each month of the shop's basket segments.</summary>
    Task<IReadOnlyDictionary<YearMonth, HistoryMonth>> HistoryAsync(ShopId shop, CancellationToken cancellationToken);

    Task SaveHistoryAsync(ShopId shop, YearMonth month, HistoryMonth counted, CancellationToken cancellationToken);

    /// <returns>False when it was raised before.</returns>
    Task<bool> AddAlertAsync(ShopId shop, RaisedAlert alert, CancellationToken cancellationToken);

    IAsyncEnumerable<RaisedAlert> AlertsAsync(ShopId shop, CancellationToken cancellationToken);
}

/// <summary>Plans and recurring revenue of one month and slice.</summary>
/// <param name="LeftOut">How many subscriptions aren't counted, by the currency they are in; of the whole only.</param>
public sealed record MonthSums(Slice Slice, PlanSums Plans, MrrMovements Mrr, IReadOnlyDictionary<string, int>? LeftOut = null);

/// <param name="Words">What left its band, from where to where.</param>
public sealed record RaisedAlert(Period Period, string Metric, string Words, DateTimeOffset RaisedAt);
