using Expansion.Engine.Metrics.RollUp;
using Expansion.Engine.Orders;
using Expansion.Engine.Outcomes;

namespace Expansion.Functions.Metrics;

/// <summary>Orders that come by time, a day of the shop at a time: not more than some three days are in memory.</summary>
/// <param name="readCohorts">Asked once, and not before there is an order that only history tells.</param>
internal sealed class HistoryDays(IAsyncEnumerator<Order> orders, ShopDays days, string currency, Func<Task<HistoryCohorts>> readCohorts) : IAsyncDisposable
{
    /// <summary>No zone is further from UTC.</summary>
    private static readonly TimeSpan FurthestZone = TimeSpan.FromHours(14);

    private readonly Dictionary<DateOnly, List<Order>> _read = [];
    private bool _more = true;
    private HistoryCohorts? _cohorts;

    public static DateTimeOffset EarliestOf(DateOnly day) => At(day.ToDateTime(TimeOnly.MinValue).Ticks - FurthestZone.Ticks);

    public static DateTimeOffset LatestOf(DateOnly day) => At(day.ToDateTime(TimeOnly.MaxValue).Ticks + FurthestZone.Ticks);

    /// <summary>All that counts on a day: its history, and its outcomes, which come last because they know better. Days must be asked for in rising order.</summary>
    public async Task<IEnumerable<Outcome>> WithAsync(DateOnly day, IReadOnlyList<Outcome> told)
    {
        var until = LatestOf(day);
        while (_more && (_more = await orders.MoveNextAsync()))
        {
            var on = days.Of(orders.Current.OrderedAt);
            if (on >= day)
            {
                (_read.TryGetValue(on, out var read) ? read : _read[on] = []).Add(orders.Current);
            }

            if (orders.Current.OrderedAt > until)
            {
                break;
            }
        }

        foreach (var gone in _read.Keys.Where(read => read < day).ToList())
        {
            _read.Remove(gone);
        }

        var known = told.Where(outcome => outcome.Kind == OutcomeKind.Order).Select(outcome => outcome.OrderId).ToHashSet();
        var untold = _read.GetValueOrDefault(day, []).Where(order => !known.Contains(order.Id)).ToList();
        var cohorts = untold.Count == 0 ? null : _cohorts ??= await readCohorts();
        return [.. untold.SelectMany(order => HistoryOutcomes.Of(order, currency, cohorts!.Of(order))), .. told];
    }

    private static DateTimeOffset At(long ticks) => new(Math.Clamp(ticks, DateTime.MinValue.Ticks, DateTime.MaxValue.Ticks), TimeSpan.Zero);

    public ValueTask DisposeAsync() => orders.DisposeAsync();
}
