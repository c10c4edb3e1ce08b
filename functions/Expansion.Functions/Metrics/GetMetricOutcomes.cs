using Expansion.Engine;
using Expansion.Engine.Metrics;
using Expansion.Engine.Outcomes;
using Expansion.Engine.Shops;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Expansion.Functions.Metrics;

/// <summary>What is behind a number: the orders, sales, refunds, showings or clicks that it counts.</summary>
public sealed class GetMetricOutcomes(IShopStore shops, IOutcomeStore outcomes, TimeProvider time)
{
    private const int Most = 1000;

    [Answers<MetricOutcomes>]
    [Function(nameof(GetMetricOutcomes))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "shops/{shop}/metrics/{metric}/outcomes")] HttpRequest request, string shop, string metric, CancellationToken cancellationToken)
    {
        if (!ShopId.TryFrom(shop, out var id) || await shops.FindAsync(id, cancellationToken) is not { } found)
        {
            return Problems.UnknownShop(shop);
        }

        if (BusinessMetrics.All.FirstOrDefault(known => known.Name == metric) is not { } counted)
        {
            return Problems.NotFound($"There is no metric '{metric}': use {string.Join(", ", BusinessMetrics.All.Select(known => known.Name))}.");
        }

        if (counted.Counts.Count == 0)
        {
            return Problems.NotFound($"{metric} is counted from the customers' plans, not from orders: see GET /api/shops/{id}/metrics/mrr.");
        }

        var query = new QueryReader(request.Query);
        var asked = MetricQuery.Read(query, DateOnly.FromDateTime(found.Settings.LocalTime(time.GetUtcNow()).Date));
        if (query.Problem() is { } problem)
        {
            return problem;
        }

        var behind = await Days(asked).ToAsyncEnumerable()
            .SelectMany(day => outcomes.ReadAsync(id, day, cancellationToken))
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
