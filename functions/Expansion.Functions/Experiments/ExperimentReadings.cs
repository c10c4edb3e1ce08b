using Expansion.Engine;
using Expansion.Engine.Experiments;
using Expansion.Engine.Experiments.Readings;
using Expansion.Engine.Experiments.Statistics;
using Expansion.Engine.Metrics.RollUp;
using Expansion.Engine.Outcomes;
using Expansion.Engine.Shops;

namespace Expansion.Functions.Experiments;

/// <summary>Reads experiments from their exposures and the journals of who was exposed, and keeps the reading.</summary>
public sealed class ExperimentReadings(
    IShopStore shops, IExperimentStore experiments, IExposureStore exposures, IJournalStore journals, IOutcomeStore outcomes, ExperimentSteps steps, TimeProvider time)
{
    private const int Parallelism = 16;
    private const int HistoryDays = 90;

    /// <summary>Orders below which a percentile says nothing.</summary>
    private const int LeastOrders = 100;
    private const double CapPercentile = 0.99;

    /// <returns>The experiment, its reading, and a bandit's chances from now on; null when there is no such experiment or it never started.</returns>
    public async Task<(Experiment Experiment, ExperimentReading Reading, IReadOnlyList<double>? Chances)?> ReadAsync(ShopId shop, string key, CancellationToken cancellationToken)
    {
        if ((await experiments.FindAsync(shop, key, cancellationToken))?.Experiment is not { StartedAt: { } start } experiment)
        {
            return null;
        }

        if (experiment.RevenueCap is null && await CapAsync(shop, start, cancellationToken) is { } cap)
        {
            var step = await steps.TakeAsync(shop, key, (known, _) => known is { RevenueCap: null } ? new(known with { RevenueCap = cap }, null) : null, cancellationToken);
            experiment = step?.Changed ?? experiment;
        }

        var now = time.GetUtcNow();
        var reader = new ExperimentReader(
            experiment,
            await VisitorsAsync(shop, key, cancellationToken),
            experiment.Definition.Holdout > 0 ? await VisitorsAsync(shop, Exposure.HoldoutOf(key), cancellationToken) : []);
        var reading = reader.Read(now, await experiments.ReadingAsync(shop, key, cancellationToken));
        await experiments.SaveReadingAsync(shop, key, reading, cancellationToken);
        var harmed = reading.Harm.Keys.Select(treatment => treatment + 1).ToHashSet();
        return (experiment, reading, experiment.Definition.Mode == ExperimentMode.Bandit ? reader.Chances(now, harmed) : null);
    }

    private async Task<IReadOnlyList<ExposedVisitor>> VisitorsAsync(ShopId shop, string experiment, CancellationToken cancellationToken)
    {
        var exposed = await exposures.ReadAsync(shop, experiment, cancellationToken).ToListAsync(cancellationToken);
        var visitors = new ExposedVisitor[exposed.Count];
        await Parallel.ForEachAsync(
            exposed.Index(), new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = cancellationToken },
            async (entry, stop) => visitors[entry.Index] = new(entry.Item, await journals.FindAsync(shop, entry.Item.Customer, stop)));
        return visitors;
    }

    /// <summary>A percentile of the order values of the time before the start, so that it is fixed whenever it is computed. Null when there were too few.</summary>
    private async Task<decimal?> CapAsync(ShopId shop, DateTimeOffset start, CancellationToken cancellationToken)
    {
        var days = new ShopDays(TimeZoneInfo.FindSystemTimeZoneById((await shops.EnsureAsync(shop, cancellationToken)).Settings.TimeZone));
        var values = new Dictionary<OrderId, decimal>();
        for (var day = days.Of(start).AddDays(-HistoryDays); day < days.Of(start); day = day.AddDays(1))
        {
            await foreach (var outcome in outcomes.ReadAsync(shop, day, cancellationToken))
            {
                if (outcome is { Kind: OutcomeKind.Revenue, Currency: null, OrderId: { } order, Amount: > 0 })
                {
                    values[order] = values.GetValueOrDefault(order) + outcome.Amount;
                }
            }
        }

        return values.Count < LeastOrders ? null : (decimal?)Winsorized.Of([.. values.Values.Select(value => (double)value)], [], CapPercentile).Cap;
    }
}
