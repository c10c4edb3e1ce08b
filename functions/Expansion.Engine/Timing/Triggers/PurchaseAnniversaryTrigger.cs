using System.ComponentModel.DataAnnotations;
using Expansion.Engine.Recommendations;

namespace Expansion.Engine.Timing.Triggers;

public sealed record PurchaseAnniversaryOptions
{
    /// <summary>Days from the anniversary on that it is celebrated: 1 to 30.</summary>
    [Range(1, 30)]
    public int FreshDays { get; init; } = 3;
}

/// <summary>It is a whole number of years since the first purchase, or since the subscription began if that was earlier.</summary>
internal sealed class PurchaseAnniversaryTrigger : ITimingTrigger
{
    public string Name => TimingTriggers.PurchaseAnniversary;

    public IReadOnlyList<Touchpoint> Touchpoints => [Touchpoint.PostPurchaseEmail, Touchpoint.AccountPage, Touchpoint.InApp];

    public TriggerReading Read(TimingContext context)
    {
        var customer = context.Customer;
        if (new[] { customer.Shopping.FirstOrderAt, customer.Subscription.StartedAt }.Min() is not { } first)
        {
            return this.No($"Nothing was bought yet.");
        }

        // 29 February is celebrated on the 28th in other years.
        var days = context.Settings.PurchaseAnniversary.FreshDays;
        var (start, today) = (context.DayOf(first), context.Today);
        var years = today.Year - start.Year - (start.AddYears(today.Year - start.Year) > today ? 1 : 0);
        var last = start.AddYears(Math.Max(0, years));
        return years >= 1 && today.DayNumber - last.DayNumber < days
            ? this.Fires($"{years}", context.At(last.AddDays(days), 0), $"A customer for {years} years today or these days.")
            : this.NotYet(context.At(start.AddYears(Math.Max(0, years) + 1), 0), $"The next anniversary is on {start.AddYears(Math.Max(0, years) + 1):yyyy-MM-dd}.");
    }
}
