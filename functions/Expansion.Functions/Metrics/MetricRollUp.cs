using Expansion.Engine;
using Expansion.Engine.Metrics;
using Expansion.Engine.Metrics.Facts;
using Expansion.Engine.Metrics.RollUp;
using Expansion.Engine.Offers.Pricing;
using Expansion.Engine.Offers.Pricing.Plans;
using Expansion.Engine.Outcomes;
using Expansion.Engine.Shops;

namespace Expansion.Functions.Metrics;

/// <summary>Turns a shop's outcomes into days, and its customers' plans into months. Whole days are replaced, so that any of it can be repeated.</summary>
public sealed class MetricRollUp(
    IShopStore shops, IOutcomeStore outcomes, IPlanHistoryStore plans, IMetricStore metrics, IPricingDocuments documents, MetricReader reader, TimeProvider time)
{
    /// <summary>How often a day is rolled up again at once because it changed meanwhile.</summary>
    private const int Attempts = 3;

    /// <returns>How many days were rolled up.</returns>
    public async Task<int> RollUpDaysAsync(ShopId shop, CancellationToken cancellationToken)
    {
        var rolled = 0;
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var changed = await outcomes.ChangedDaysAsync(shop, cancellationToken);
            var again = false;
            foreach (var day in changed)
            {
                await metrics.ReplaceAsync(shop, day.Day, DayRollUp.Of(await outcomes.ReadAsync(shop, day.Day, cancellationToken).ToListAsync(cancellationToken)), cancellationToken);
                again |= !await outcomes.ClearAsync(shop, day, cancellationToken);
            }

            rolled += changed.Count;
            if (!again)
            {
                break;
            }
        }

        return rolled;
    }

    /// <summary>The month that is over and the one before it, for plans heard of late; then what left its band.</summary>
    /// <returns>The alerts that are new.</returns>
    public async Task<IReadOnlyList<RaisedAlert>> CloseAsync(ShopId id, CancellationToken cancellationToken)
    {
        var settings = (await shops.EnsureAsync(id, cancellationToken)).Settings;
        var today = DateOnly.FromDateTime(settings.LocalTime(time.GetUtcNow()).Date);
        var zone = TimeZoneInfo.FindSystemTimeZoneById(settings.TimeZone);
        var lastMonth = Period.Of(Grain.Month, today).Before(Grain.Month);
        foreach (var month in new[] { lastMonth.Before(Grain.Month), lastMonth })
        {
            await CloseMonthAsync(id, month, zone, cancellationToken);
        }

        var lastWeek = Period.Of(Grain.Week, today).Before(Grain.Week);
        var alerts = new List<RaisedAlert>();
        foreach (var (grain, now) in new[] { (Grain.Week, lastWeek), (Grain.Month, lastMonth) })
        {
            var (before, after) = (await reader.SumsAsync(id, Slice.All, now.Before(grain), cancellationToken), await reader.SumsAsync(id, Slice.All, now, cancellationToken));
            foreach (var metric in BusinessMetrics.All.Where(metric => grain == Grain.Month == (metric.Counts.Count == 0)))
            {
                if (MetricAlert.Of(metric, metric.Measure(before), metric.Measure(after)) is { } words
                    && new RaisedAlert(now, metric.Name, words, time.GetUtcNow()) is var alert && await metrics.AddAlertAsync(id, alert, cancellationToken))
                {
                    alerts.Add(alert);
                }
            }
        }

        return alerts;
    }

    /// <summary>Of all customers and by cohort, the month of their first plan.</summary>
    private async Task CloseMonthAsync(ShopId id, Period month, TimeZoneInfo zone, CancellationToken cancellationToken)
    {
        var (start, end) = (Midnight(month.First, zone), Midnight(month.Last.AddDays(1), zone));
        var ladder = (await documents.FindAsync<PlanLadder>(id, PlanLadder.Document, cancellationToken))?.Value.Plans ?? [];
        var ranks = ladder.OrderBy(plan => plan.Monthly.Amount).Select((plan, rank) => (plan, rank))
            .SelectMany(entry => new[] { (Name: entry.plan.Id, entry.rank), (entry.plan.Name, entry.rank) })
            .DistinctBy(entry => entry.Name, StringComparer.OrdinalIgnoreCase).ToDictionary(entry => entry.Name, entry => entry.rank, StringComparer.OrdinalIgnoreCase);
        var sums = new Dictionary<Slice, MonthSums>();
        await foreach (var customer in plans.ListAsync(id, cancellationToken))
        {
            var of = (Plans: customer.Plans(start, end, plan => ranks.TryGetValue(plan, out var rank) ? rank : null, ladder.Count - 1), Mrr: customer.Mrr(start, end));
            foreach (var slice in new[] { Slice.All, new(SliceKind.Cohort, YearMonth.Of(customer.Changes[0].At).ToString()) })
            {
                var known = sums.GetValueOrDefault(slice) ?? new(slice, default, MrrMovements.None);
                sums[slice] = known with { Plans = known.Plans + of.Plans, Mrr = known.Mrr + of.Mrr };
            }
        }

        await metrics.ReplaceMonthAsync(id, new(month.First.Year, month.First.Month), [.. sums.Values], cancellationToken);
    }

    private static DateTimeOffset Midnight(DateOnly day, TimeZoneInfo zone)
    {
        var local = day.ToDateTime(TimeOnly.MinValue);
        return new(local, zone.GetUtcOffset(local));
    }
}
