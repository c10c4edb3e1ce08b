using Expansion.Engine;
using Expansion.Engine.Metrics;
using Expansion.Engine.Metrics.Facts;
using Expansion.Engine.Metrics.RollUp;
using Expansion.Engine.Outcomes;
using Expansion.Engine.Shops;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Expansion.Functions.Metrics;

/// <summary>The seven metrics of a shop by day, week or month, of the whole or of one slice, each with its benchmark and, where it is an estimate, its interval.</summary>
public sealed class GetMetrics(IShopStore shops, IMetricStore metrics, MetricReader reader, TimeProvider time)
{
    [Answers<MetricAnswer>]
    [Asks("to", "from", "slice", "by")]
    [Function(nameof(GetMetrics))]
    public async Task<IResult> Run([HttpTrigger(AuthorizationLevel.Function, "get", Route = "shops/{shop}/metrics")] HttpRequest request, string shop, CancellationToken cancellationToken)
    {
        if (!ShopId.TryFrom(shop, out var id) || await shops.FindAsync(id, cancellationToken) is not { } found)
        {
            return Problems.UnknownShop(shop);
        }

        var query = new QueryReader(request.Query);
        var (asked, grain) = (MetricQuery.Read(query, DateOnly.FromDateTime(found.Settings.LocalTime(time.GetUtcNow()).Date)), query.Word<Grain>("by") ?? Grain.Day);
        if (query.Problem() is { } problem)
        {
            return problem;
        }

        var (first, last) = (Period.Of(grain, asked.Period.First), Period.Of(grain, asked.Period.Last));
        var whole = new Period(first.First, last.Last);
        var book = await reader.BookAsync(id, asked.Slice, whole, cancellationToken);
        var (periods, elsewhere) = (new List<MetricPeriod>(), OtherCurrencies.None);
        for (var period = first; period.First <= last.First; period = Period.Of(grain, period.Last.AddDays(1)))
        {
            var sums = book.Of(period, asked.Slice);
            periods.Add(new(period.First, period.Last, BusinessMetrics.All.ToDictionary(metric => metric.Name, metric => metric.Measure(sums)), sums.Elsewhere.Sums));
            elsewhere += sums.Elsewhere;
        }

        return Results.Ok(new MetricAnswer(
            id,
            found.Settings.Currency,
            found.Settings.TimeZone,
            grain,
            asked.Slice,
            BusinessMetrics.All.Where(metric => metric.Benchmark is not null).ToDictionary(metric => metric.Name, metric => metric.Benchmark!),
            periods,
            await metrics.SlicesAsync(id, whole, cancellationToken),
            elsewhere.Words(found.Settings.Currency)));
    }
}

/// <param name="Slices">The parts that have anything in these periods.</param>
/// <param name="NotCounted">What is left out of revenue, a sentence each.</param>
internal sealed record MetricAnswer(
    ShopId Shop, string Currency, string TimeZone, Grain By, Slice Slice, IReadOnlyDictionary<string, Benchmark> Benchmarks, IReadOnlyList<MetricPeriod> Periods, IReadOnlyList<Slice> Slices,
    IReadOnlyList<string> NotCounted);

/// <param name="Metrics">By name. A value that is missing means "no data", not 0.</param>
/// <param name="OtherCurrencies">Sales and refunds that aren't in the shop's currency, by currency; in none of the metrics.</param>
internal sealed record MetricPeriod(DateOnly From, DateOnly To, IReadOnlyDictionary<string, MetricValue> Metrics, IReadOnlyDictionary<string, CurrencySum> OtherCurrencies);
