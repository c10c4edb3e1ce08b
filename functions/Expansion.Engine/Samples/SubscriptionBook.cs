using System.Globalization;

namespace Expansion.Engine.Samples;

/// <summary>Lives of the accounts, week by week: use grows until the plan is too small and the account moves up, or it fades, complains and leaves.</summary>
internal sealed class SubscriptionBook(ShopCalendar calendar)
{
    private const int AccountCount = 300;

    /// <summary>Keeps the streams of accounts apart from those of shop customers.</summary>
    private const int StreamOffset = 1_000_000;

    /// <summary>Use above this share of the limit makes an account think about the next plan.</summary>
    private const double Tight = 0.9;

    private static readonly string[] BasicFeatures = ["till-sync", "stock", "daily-report"];

    private static readonly string[] GrowthFeatures = [.. BasicFeatures, "recipe-costing", "loyalty-cards", "supplier-orders", "api"];

    private static readonly string[] ProFeatures = [.. GrowthFeatures, "demand-forecast", "multi-currency", "roastery-batches", "audit-log"];

    private static readonly SamplePlan[] Plans =
    [
        new("Basic", new Money(29, SampleProduct.Currency), WeeklyLimit: 500, Users: 2, Locations: 1, BasicFeatures),
        new("Growth", new Money(79, SampleProduct.Currency), WeeklyLimit: 2500, Users: 10, Locations: 3, GrowthFeatures),
        new("Pro", new Money(149, SampleProduct.Currency), WeeklyLimit: 10000, Users: 50, Locations: 20, ProFeatures),
    ];

    private readonly List<SampleAccount> _accounts = [];

    private readonly List<SampleUpgrade> _upgrades = [];

    private readonly List<SampleUsage> _usage = [];

    private readonly List<SampleFeatureUse> _features = [];

    private readonly List<SampleTicket> _tickets = [];

    public static SampleSubscription Create(ShopCalendar calendar, ulong seed)
    {
        var book = new SubscriptionBook(calendar);
        for (var i = 1; i <= AccountCount; i++)
        {
            book.Live(new CustomerId(string.Create(CultureInfo.InvariantCulture, $"A{i:0000}")), SplitMix64.For(seed, StreamOffset + i));
        }

        return new SampleSubscription(Plans, book._accounts, book._upgrades, book._usage, book._features, book._tickets);
    }

    private void Live(CustomerId id, SplitMix64 chance)
    {
        var startedAt = ShopCalendar.Settle(calendar.Start + (calendar.Until - calendar.Start) * chance.Between(0, 0.97), chance);
        var plan = chance.Pick([0.62, 0.28, 0.10]);
        var used = Plans[plan].WeeklyLimit * chance.Between(0.15, 0.7);
        var growth = chance.Between(0.995, 1.025);
        var breadth = chance.Between(0.3, 0.95);
        var fading = chance.Chance(0.15);
        DateTimeOffset? cancelledAt = null;
        for (var week = Monday(startedAt); week.AddDays(7) <= calendar.Until && cancelledAt is null; week = week.AddDays(7))
        {
            var age = (week - startedAt).TotalDays / 7;
            var leaving = fading && age > 20;
            used = Math.Min(used * (leaving ? 0.9 : growth), Plans[plan].WeeklyLimit);
            var receipts = (int)(used * chance.Between(0.88, 1.12));
            _usage.Add(new SampleUsage(id, week, Plans[plan].Name, receipts, Plans[plan].WeeklyLimit));
            UseFeatures(id, week, Plans[plan], Math.Min(1, age / 10) * breadth * (leaving ? 0.5 : 1), chance);
            Complain(id, week, leaving ? 0.3 : 0.03, leaving, chance);
            var end = week.AddDays(chance.Between(5, 7));
            if (leaving && chance.Chance(0.06))
            {
                cancelledAt = end;
            }
            else if (plan < Plans.Length - 1 && receipts > Tight * Plans[plan].WeeklyLimit && chance.Chance(0.2))
            {
                _upgrades.Add(new SampleUpgrade(id, end, Plans[plan].Name, Plans[++plan].Name));
            }
        }

        _accounts.Add(new SampleAccount(id, Plans[plan].Name, startedAt, cancelledAt));
    }

    /// <summary>The first Monday after the account's start, midnight.</summary>
    private static DateTimeOffset Monday(DateTimeOffset startedAt)
    {
        var day = new DateTimeOffset(startedAt.Year, startedAt.Month, startedAt.Day, 0, 0, 0, TimeSpan.Zero).AddDays(1);
        return day.AddDays((8 - (int)day.DayOfWeek) % 7);
    }

    /// <summary>A feature is used about as much as the account has found its way in; the plan's first ones most.</summary>
    private void UseFeatures(CustomerId id, DateTimeOffset week, SamplePlan plan, double depth, SplitMix64 chance)
    {
        for (var i = 0; i < plan.Features.Count; i++)
        {
            if (chance.Chance(i == 0 ? 0.98 : depth))
            {
                _features.Add(new SampleFeatureUse(id, week, plan.Features[i], 1 + (int)(chance.Share() * chance.Share() * 24)));
            }
        }
    }

    private void Complain(CustomerId id, DateTimeOffset week, double probability, bool unhappy, SplitMix64 chance)
    {
        if (!chance.Chance(probability))
        {
            return;
        }

        var openedAt = week.AddHours(chance.Between(8, 5 * 24));
        var resolvedAt = openedAt.AddHours(chance.Between(1, unhappy ? 720 : 48));
        int? satisfaction = chance.Chance(0.4) ? null : 1 + chance.Pick(unhappy ? [3, 3, 2, 1, 0.5] : [0.3, 0.5, 1, 3, 5]);
        _tickets.Add(resolvedAt < calendar.Until ? new SampleTicket(id, openedAt, resolvedAt, satisfaction) : new SampleTicket(id, openedAt, null, null));
    }
}
