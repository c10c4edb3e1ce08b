using Expansion.Engine;
using Expansion.Engine.Metrics;
using Expansion.Engine.Outcomes;
using Expansion.Engine.Shops;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Expansion.Functions.Metrics;

/// <summary>What is behind a number: the orders, sales, refunds, showings or clicks that it counts, or the customers whose subscriptions it does.</summary>
public sealed class GetMetricOutcomes(IShopStore shops, IOutcomeStore outcomes, MetricHistory history, PlanMovements movements, TimeProvider time)
{
    private const int Most = 1000;

    [Answers<MetricOutcomes>]
    [Asks("to", "from", "slice")]
    [Function(nameof(GetMetricOutcomes))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "shops/{shop}/metrics/{metric}/outcomes")] HttpRequest request, string shop, string metric, CancellationToken cancellationToken)
    {
        if (!ShopId.TryFrom(shop, out var id) || await shops.FindAsync(id, cancellationToken) is not { } found)
        {
            return Problems.UnknownShop(shop);
        }

        var counted = BusinessMetrics.All.FirstOrDefault(known => known.Name == metric);
        if (counted is null && metric != PlanMovements.Mrr)
        {
            return Problems.NotFound($"There is no metric '{metric}': use {string.Join(", ", BusinessMetrics.All.Select(known => known.Name))}, {PlanMovements.Mrr}.");
        }

        var query = new QueryReader(request.Query);
        var asked = MetricQuery.Read(query, DateOnly.FromDateTime(found.Settings.LocalTime(time.GetUtcNow()).Date));
        if (query.Problem() is { } problem)
        {
            return problem;
        }

        if (counted is null or { Counts.Count: 0 })
        {
            var moved = await movements.ReadAsync(found, metric, asked, cancellationToken);
            return Results.Ok(new PlanOutcomes(metric, [.. moved.Take(Most)], moved.Count > Most));
        }

        var days = Days(asked).ToList();
        await using var past = await history.OpenAsync(id, days, cancellationToken);
        var behind = await days.ToAsyncEnumerable()
            .Select(async (DateOnly day, CancellationToken stop) => await past.WithAsync(day, await outcomes.ReadAsync(id, day, stop).ToListAsync(stop)))
            .SelectMany(day => day)
            .Where(outcome => counted.Counts.Contains(outcome.Kind) && !outcome.Bot && outcome.Tags.Slices.Contains(asked.Slice))
            .Take(Most + 1)
            .ToListAsync(cancellationToken);
        return Results.Ok(new MetricOutcomes(metric, [.. behind.Take(Most)], behind.Count > Most));
    }

    private static IEnumerable<DateOnly> Days(MetricQuery asked) =>
        Enumerable.Range(0, asked.Period.Last.DayNumber - asked.Period.First.DayNumber + 1).Select(asked.Period.First.AddDays);
}

/// <param name="More">There are more than are told: ask for fewer days.</param>
internal sealed record MetricOutcomes(string Metric, IReadOnlyList<Outcome> Outcomes, bool More);

/// <param name="Outcomes">A customer and month each, those that moved first.</param>
internal sealed record PlanOutcomes(string Metric, IReadOnlyList<CustomerMovement> Outcomes, bool More);
