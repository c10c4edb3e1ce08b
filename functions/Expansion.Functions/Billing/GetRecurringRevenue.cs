using System.Globalization;
using Expansion.Engine.Metrics;
using Expansion.Engine.Metrics.Facts;
using Expansion.Engine.Metrics.Recurring;
using Expansion.Engine.Shops;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Expansion.Functions.Billing;

/// <summary>Where a month's recurring revenue came from and went, as billing tells it. The shop's own zone decides when a month begins.</summary>
public sealed class GetRecurringRevenue(IShopStore shops, IRecurringRevenueStore revenue, TimeProvider time)
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

        var first = new DateOnly(month.Year, month.Month, 1);
        var zone = TimeZoneInfo.FindSystemTimeZoneById(found.Settings.TimeZone);
        var subscriptions = await revenue.ReadAsync(shop, cancellationToken).ToListAsync(cancellationToken);
        var (movements, leftOut) = RecurringRevenue.Between(subscriptions, Midnight(first, zone), Midnight(first.AddMonths(1), zone), found.Settings.Currency);
        var retention = new NetRevenueRetentionMetric().Measure(PeriodSums.None with { Mrr = movements });
        return Results.Ok(new RecurringRevenueAnswer(first.ToString("yyyy-MM", CultureInfo.InvariantCulture), found.Settings.Currency, movements, retention, leftOut));
    }

    private static DateTimeOffset Midnight(DateOnly day, TimeZoneInfo zone)
    {
        var local = day.ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
    }
}

/// <param name="OtherCurrencies">How many subscriptions are left out because they aren't in the shop's currency.</param>
internal sealed record RecurringRevenueAnswer(string Month, string Currency, MrrMovements Movements, MetricValue NetRevenueRetention, int OtherCurrencies);
