using Expansion.Engine;
using Expansion.Engine.Metrics.Facts;
using Expansion.Engine.Metrics.Recurring;
using Expansion.Engine.Metrics.RollUp;
using Expansion.Engine.Offers.Pricing;
using Expansion.Engine.Offers.Pricing.Plans;
using Expansion.Engine.Shops;

namespace Expansion.Functions.Metrics;

/// <summary>Opens a shop's one book of recurring revenue: reads all its subscriptions and plans.</summary>
public sealed class RecurringBooks(IRecurringRevenueStore revenue, IPlanHistoryStore plans, IPricingDocuments documents)
{
    public async Task<RecurringBook> OpenAsync(Shop shop, CancellationToken cancellationToken) => new(
        await revenue.ReadAsync(shop.Id, cancellationToken).ToListAsync(cancellationToken),
        await plans.ListAsync(shop.Id, cancellationToken).ToListAsync(cancellationToken),
        shop.Settings.Currency);

    public async Task<PlanRanks> RanksAsync(ShopId shop, CancellationToken cancellationToken) =>
        new([.. ((await documents.FindAsync<PlanLadder>(shop, PlanLadder.Document, cancellationToken))?.Value.Plans ?? []).Select(plan => (plan.Id, plan.Name, plan.Monthly.Amount))]);

    /// <summary>When a month begins and ends in the shop's own zone.</summary>
    public static (DateTimeOffset Start, DateTimeOffset End) Bounds(Period month, ShopSettings settings)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(settings.TimeZone);
        return (Midnight(month.First), Midnight(month.Last.AddDays(1)));

        DateTimeOffset Midnight(DateOnly day)
        {
            var local = day.ToDateTime(TimeOnly.MinValue);
            return new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
        }
    }
}
