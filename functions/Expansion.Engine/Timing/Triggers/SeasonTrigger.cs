using System.ComponentModel.DataAnnotations;
using Expansion.Engine.Recommendations;

namespace Expansion.Engine.Timing.Triggers;

public sealed record SeasonOptions
{
    /// <summary>How many times its usual share of sales a category reaches in its season: 1.1 to 10.</summary>
    [Range(1.1, 10)]
    public double MinIndex { get; init; } = 1.5;

    /// <summary>Days before the season's month begins that it is time: 0 to 28.</summary>
    [Range(0, 28)]
    public int LeadDays { get; init; } = 14;
}

/// <summary>The season of something the customer buys is here or near, by the shop's own sales (<see cref="SeasonIndex"/>).</summary>
internal sealed class SeasonTrigger : ITimingTrigger
{
    public string Name => TimingTriggers.Season;

    public IReadOnlyList<Touchpoint> Touchpoints => [Touchpoint.PostPurchaseEmail, Touchpoint.AccountPage, Touchpoint.ProductPage];

    public TriggerReading Read(TimingContext context)
    {
        var options = context.Settings.Season;
        var peaks = context.Shop.Seasons.Where(peak => peak.Index >= options.MinIndex && peak.Products.Exists(context.Customer.Shopping.Has)).OrderByDescending(peak => peak.Index).ToList();
        if (peaks.Count == 0)
        {
            // Seasons are learned anew every night, and whoever only ever bought gives no other reason to look.
            var month = context.Today.AddDays(1 - context.Today.Day).AddMonths(1);
            return context.Customer.Shopping.Kept.Any() ? this.NotYet(context.At(month, 0), $"Nothing the customer buys has a season.") : this.No($"Nothing was bought yet.");
        }

        var months = new[] { context.Today, context.Today.AddDays(options.LeadDays) };
        if (peaks.Find(peak => months.Any(day => day.Month == peak.Month)) is not { } near)
        {
            var next = peaks.Min(peak => Start(peak.Month, context.Today)).AddDays(-options.LeadDays);
            return this.NotYet(context.At(next, 0), $"The next season of what the customer buys begins to count on {next:yyyy-MM-dd}.");
        }

        var then = Array.Find(months, day => day.Month == near.Month);
        var end = then.AddDays(1 - then.Day).AddMonths(1);
        return this.Fires($"{near.Category}:{then:yyyy-MM}", context.At(end, 0), $"{near.Category} sells {near.Index:0.0} times as well as usual in the month {near.Month}.");
    }

    private static DateOnly Start(int month, DateOnly today) => new(today.Year + (month <= today.Month ? 1 : 0), month, 1);
}
