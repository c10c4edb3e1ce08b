using Expansion.Engine;
using Expansion.Engine.Metrics;
using Expansion.Engine.Metrics.Facts;
using Expansion.Engine.Metrics.Recurring;
using Expansion.Engine.Metrics.RollUp;
using Expansion.Engine.Outcomes;
using Expansion.Engine.Shops;

namespace Expansion.Functions.Metrics;

/// <summary>Turns plans and recurring revenue into months, and tells what left its band. Whole months are replaced, so that any of it can be repeated.</summary>
public sealed class MonthClose(IShopStore shops, RecurringBooks books, IMetricStore metrics, MetricReader reader, MetricAlarm alarm, TimeProvider time)
{
    /// <summary>As many months as are closed again, for what was heard of late.</summary>
    private const int Months = 25;

    /// <returns>The alerts that are new.</returns>
    public async Task<IReadOnlyList<RaisedAlert>> RunAsync(ShopId id, CancellationToken cancellationToken)
    {
        var shop = await shops.EnsureAsync(id, cancellationToken);
        var today = DateOnly.FromDateTime(shop.Settings.LocalTime(time.GetUtcNow()).Date);
        var (lastWeek, lastMonth) = (Period.Of(Grain.Week, today).Before(Grain.Week), Period.Of(Grain.Month, today).Before(Grain.Month));
        await CloseAsync(shop, lastMonth, cancellationToken);
        var alerts = new List<RaisedAlert>();
        foreach (var (grain, now) in new[] { (Grain.Week, lastWeek), (Grain.Month, lastMonth) })
        {
            var (before, after) = (await reader.SumsAsync(id, Slice.All, now.Before(grain), cancellationToken), await reader.SumsAsync(id, Slice.All, now, cancellationToken));
            foreach (var metric in BusinessMetrics.All.Where(metric => grain == Grain.Month == (metric.Counts.Count == 0)))
            {
                if (MetricAlert.Of(metric, metric.Measure(before), metric.Measure(after)) is { } words
                    && new RaisedAlert(now, metric.Name, words, time.GetUtcNow()) is var alert && await alarm.RaiseAsync(id, alert, cancellationToken))
                {
                    alerts.Add(alert);
                }
            }
        }

        return alerts;
    }

    private async Task CloseAsync(Shop shop, Period last, CancellationToken cancellationToken)
    {
        var (book, ranks) = (await books.OpenAsync(shop, cancellationToken), await books.RanksAsync(shop.Id, cancellationToken));
        var month = last;
        for (var i = 0; i < Months; i++, month = month.Before(Grain.Month))
        {
            var (start, end) = RecurringBooks.Bounds(month, shop.Settings);
            await metrics.ReplaceMonthAsync(shop.Id, new(month.First.Year, month.First.Month), Sums(book, start, end, ranks), cancellationToken);
            if (!(book.Since < start))
            {
                break;
            }
        }
    }

    /// <summary>Of all customers and by cohort.</summary>
    private static IReadOnlyList<MonthSums> Sums(RecurringBook book, DateTimeOffset start, DateTimeOffset end, PlanRanks ranks)
    {
        var sums = new Dictionary<Slice, MonthSums>();
        foreach (var customer in book.Month(start, end, ranks))
        {
            foreach (var slice in new[] { Slice.All, new(SliceKind.Cohort, customer.Cohort.ToString()) })
            {
                var known = sums.GetValueOrDefault(slice) ?? new(slice, default, MrrMovements.None, slice == Slice.All ? book.LeftOut(end) : null);
                sums[slice] = known with { Plans = known.Plans + customer.Plans, Mrr = known.Mrr + customer.Mrr };
            }
        }

        return [.. sums.Values];
    }
}
