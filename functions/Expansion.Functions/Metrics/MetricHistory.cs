using Expansion.Engine;
using Expansion.Engine.Metrics;
using Expansion.Engine.Metrics.RollUp;
using Expansion.Engine.Orders;
using Expansion.Engine.Outcomes;
using Expansion.Engine.Shops;

namespace Expansion.Functions.Metrics;

/// <summary>
/// The orders that no webhook told, imported or filled in: they lie in the basket segments alone, and are counted from there. Of an order that is in both places the outcomes count, which know
/// what led to it.
/// </summary>
public sealed class MetricHistory(IShopStore shops, IBasketSegments segments, IMetricStore metrics, IOutcomeStore outcomes)
{
    /// <summary>Marks the days that count differently since a segment was rewritten. Marked first and noted then: what a crash leaves undone is found again.</summary>
    public async Task MarkChangedAsync(ShopId shop, CancellationToken cancellationToken)
    {
        var settings = (await shops.EnsureAsync(shop, cancellationToken)).Settings;
        var (zone, known) = (new ShopDays(TimeZoneInfo.FindSystemTimeZoneById(settings.TimeZone)), await metrics.HistoryAsync(shop, cancellationToken));
        var listed = (await segments.ListAsync(shop, cancellationToken)).ToDictionary(segment => segment.Month, segment => $"{segment.Version} {settings.TimeZone} {settings.Currency} ");
        var rewritten = listed.Keys.Union(known.Keys).Where(month => !known.TryGetValue(month, out var counted) || !Same(counted.Version, listed.GetValueOrDefault(month, ""))).ToHashSet();
        if (rewritten.Count == 0)
        {
            return;
        }

        var cohorts = await HistoryCohorts.ReadAsync(segments, shop, listed.Keys, cancellationToken);
        // What was rewritten comes last: a crash before it is noted has all months looked at again, those whose customers' cohorts it changed among them.
        foreach (var month in listed.Keys.Union(known.Keys).OrderBy(rewritten.Contains).ThenBy(month => month))
        {
            var before = known.GetValueOrDefault(month, HistoryMonth.None);
            var version = listed.TryGetValue(month, out var segment) ? FormattableString.Invariant($"{segment}{cohorts.Print(month):x}") : "";
            if (before.Version == version)
            {
                continue;
            }

            var days = new Dictionary<DateOnly, ulong>();
            await foreach (var order in segments.StreamAsync(shop, month, cancellationToken))
            {
                var day = zone.Of(order.OrderedAt);
                days[day] = unchecked(days.GetValueOrDefault(day) + HistoryMonth.Print(order, settings.Currency, cohorts.Of(order)));
            }

            var now = new HistoryMonth(version, days);
            await outcomes.MarkAsync(shop, now.ChangedSince(before), cancellationToken);
            await metrics.SaveHistoryAsync(shop, month, now, cancellationToken);
        }

        static bool Same(string counted, string segment) => segment.Length == 0 ? counted.Length == 0 : counted.StartsWith(segment, StringComparison.Ordinal);
    }

    /// <param name="days">That will be asked for, in rising order.</param>
    internal async Task<HistoryDays> OpenAsync(ShopId shop, IReadOnlyCollection<DateOnly> days, CancellationToken cancellationToken)
    {
        var settings = (await shops.EnsureAsync(shop, cancellationToken)).Settings;
        var months = days.SelectMany(day => new[] { YearMonth.Of(HistoryDays.EarliestOf(day)), YearMonth.Of(HistoryDays.LatestOf(day)) }).ToHashSet();
        var listed = (await segments.ListAsync(shop, cancellationToken)).Select(segment => segment.Month).Order().ToList();
        var orders = listed.Where(months.Contains).ToAsyncEnumerable().SelectMany(month => segments.StreamAsync(shop, month, cancellationToken));
        return new(orders.GetAsyncEnumerator(cancellationToken), new(TimeZoneInfo.FindSystemTimeZoneById(settings.TimeZone)), settings.Currency, CohortsAsync);

        Task<HistoryCohorts> CohortsAsync() => HistoryCohorts.ReadAsync(segments, shop, listed.Where(month => month.CompareTo(months.Max()) <= 0), cancellationToken);
    }
}
