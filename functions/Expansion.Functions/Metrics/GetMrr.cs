using Expansion.Engine;
using Expansion.Engine.Metrics;
using Expansion.Engine.Metrics.Facts;
using Expansion.Engine.Metrics.RollUp;
using Expansion.Engine.Shops;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Expansion.Functions.Metrics;

/// <summary>Where each month's recurring revenue came from and went, as a waterfall.</summary>
public sealed class GetMrr(IShopStore shops, IMetricStore metrics, TimeProvider time)
{
    [Answers<MrrAnswer>]
    [Asks("to", "from", "slice")]
    [Function(nameof(GetMrr))]
    public async Task<IResult> Run([HttpTrigger(AuthorizationLevel.Function, "get", Route = "shops/{shop}/metrics/mrr")] HttpRequest request, string shop, CancellationToken cancellationToken)
    {
        if (!ShopId.TryFrom(shop, out var id) || await shops.FindAsync(id, cancellationToken) is not { } found)
        {
            return Problems.UnknownShop(shop);
        }

        var query = new QueryReader(request.Query);
        var asked = MetricQuery.Read(query, DateOnly.FromDateTime(found.Settings.LocalTime(time.GetUtcNow()).Date));
        if (query.Problem() is { } problem)
        {
            return problem;
        }

        var months = new List<MrrMonth>();
        for (var month = Period.Of(Grain.Month, asked.Period.First); month.First <= asked.Period.Last; month = Period.Of(Grain.Month, month.Last.AddDays(1)))
        {
            var key = new YearMonth(month.First.Year, month.First.Month);
            if ((await metrics.ReadMonthAsync(id, key, cancellationToken)).FirstOrDefault(sums => sums.Slice == asked.Slice) is { } sums)
            {
                months.Add(new(key.ToString(), sums.Mrr, sums.LeftOut));
            }
        }

        return Results.Ok(new MrrAnswer(found.Settings.Currency, months));
    }
}

/// <param name="Months">Those that are over: start + new + reactivation + expansion − contraction − churn = end.</param>
internal sealed record MrrAnswer(string Currency, IReadOnlyList<MrrMonth> Months);

/// <param name="OtherCurrencies">How many subscriptions are left out because they aren't in the shop's currency, by theirs.</param>
internal sealed record MrrMonth(string Month, MrrMovements Movements, IReadOnlyDictionary<string, int>? OtherCurrencies);
