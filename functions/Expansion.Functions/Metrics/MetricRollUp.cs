using Expansion.Engine;
using Expansion.Engine.Metrics;
using Expansion.Engine.Metrics.RollUp;
using Expansion.Engine.Outcomes;

namespace Expansion.Functions.Metrics;

/// <summary>Turns a shop's outcomes and history into days. Whole days are replaced, so that any of it can be repeated.</summary>
public sealed class MetricRollUp(IOutcomeStore outcomes, IMetricStore metrics, MetricHistory history)
{
    /// <summary>How often a day is rolled up again at once because it changed meanwhile.</summary>
    private const int Attempts = 3;

    /// <returns>How many days were rolled up.</returns>
    public async Task<int> RollUpDaysAsync(ShopId shop, CancellationToken cancellationToken)
    {
        await history.MarkChangedAsync(shop, cancellationToken);
        var rolled = 0;
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var changed = (await outcomes.ChangedDaysAsync(shop, cancellationToken)).OrderBy(day => day.Day).ToList();
            var again = false;
            await using var past = await history.OpenAsync(shop, [.. changed.Select(day => day.Day)], cancellationToken);
            foreach (var month in changed.GroupBy(day => Period.Of(Grain.Month, day.Day)))
            {
                var days = new Dictionary<DateOnly, IReadOnlyDictionary<Slice, PeriodSums>>();
                foreach (var day in month)
                {
                    days[day.Day] = DayRollUp.Of(await past.WithAsync(day.Day, await outcomes.ReadAsync(shop, day.Day, cancellationToken).ToListAsync(cancellationToken)));
                }

                await metrics.ReplaceAsync(shop, days, cancellationToken);
                again |= (await Task.WhenAll(month.Select(day => outcomes.ClearAsync(shop, day, cancellationToken)))).Contains(false);
            }

            rolled += changed.Count;
            if (!again)
            {
                break;
            }
        }

        return rolled;
    }
}
