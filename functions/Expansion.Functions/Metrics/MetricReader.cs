using Expansion.Engine;
using Expansion.Engine.Metrics;
using Expansion.Engine.Metrics.RollUp;
using Expansion.Engine.Outcomes;

namespace Expansion.Functions.Metrics;

/// <summary>Adds stored days and months up to periods.</summary>
public sealed class MetricReader(IMetricStore metrics)
{
    public async Task<PeriodSums> SumsAsync(ShopId shop, Slice slice, Period period, CancellationToken cancellationToken) =>
        (await BookAsync(shop, slice, period, cancellationToken)).Of(period, slice);

    /// <summary>All that the periods within this one need.</summary>
    public async Task<MetricBook> BookAsync(ShopId shop, Slice slice, Period period, CancellationToken cancellationToken)
    {
        var book = new MetricBook();
        foreach (var (day, sums) in await metrics.ReadAsync(shop, slice, period, cancellationToken))
        {
            book.Replace(day, new Dictionary<Slice, PeriodSums> { [slice] = sums });
        }

        for (var month = Period.Of(Grain.Month, period.First); month.First <= period.Last; month = Period.Of(Grain.Month, month.Last.AddDays(1)))
        {
            var key = new YearMonth(month.First.Year, month.First.Month);
            if ((await metrics.ReadMonthAsync(shop, key, cancellationToken)).FirstOrDefault(sums => sums.Slice == slice) is { } found)
            {
                book.ReplaceMonth(key, slice, found.Plans, found.Mrr);
            }
        }

        return book;
    }
}
