using System.Globalization;
using Expansion.Engine.Metrics;
using Expansion.Engine.Metrics.Facts;
using Expansion.Engine.Metrics.RollUp;
using Expansion.Engine.Shops;
using Expansion.Functions.Metrics;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Expansion.Functions.Billing;

/// <summary>Where a month's recurring revenue came from and went, the running month's too; of the same book that the metrics' waterfall is read from. The shop's own zone decides when a month begins.</summary>
public sealed class GetRecurringRevenue(IShopStore shops, RecurringBooks books, TimeProvider time)
{
    [Function(nameof(GetRecurringRevenue))]
    [Asks("shop", "month")]
    [Answers<RecurringRevenueAnswer>]
    public async Task<IResult> Run([HttpTrigger(AuthorizationLevel.Function, "get", Route = "billing/recurring-revenue")] HttpRequest request, CancellationToken cancellationToken)
    {
        var query = new QueryReader(request.Query);
        var (shop, text) = (query.Shop(), query.Text("month"));
        if (query.Problem() is { } problem)
        {
            return problem;
        }

        if (await shops.FindAsync(shop, cancellationToken) is not { } found)
        {
            return Problems.UnknownShop(shop.Value);
        }

        var month = DateOnly.FromDateTime(found.Settings.LocalTime(time.GetUtcNow()).DateTime);
        if (text is not null && !DateOnly.TryParseExact(text, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out month))
        {
            return Problems.BadRequest($"month is '{text}'; it must be like 2026-03.");
        }

        var book = await books.OpenAsync(found, cancellationToken);
        var (start, end) = RecurringBooks.Bounds(Period.Of(Grain.Month, month), found.Settings);
        var movements = book.Movements(start, end);
        var retention = new NetRevenueRetentionMetric().Measure(PeriodSums.None with { Mrr = movements });
        return Results.Ok(new RecurringRevenueAnswer(month.ToString("yyyy-MM", CultureInfo.InvariantCulture), found.Settings.Currency, movements, retention, book.LeftOut(end)));
    }
}

/// <param name="OtherCurrencies">How many subscriptions are left out because they aren't in the shop's currency, by theirs.</param>
internal sealed record RecurringRevenueAnswer(string Month, string Currency, MrrMovements Movements, MetricValue NetRevenueRetention, IReadOnlyDictionary<string, int> OtherCurrencies);
