using System.ComponentModel.DataAnnotations;
using Expansion.Engine.Recommendations;

namespace Expansion.Engine.Timing.Triggers;

public sealed record PostPurchaseOptions
{
    /// <summary>Days after the purchase: 1 to 60.</summary>
    [Range(1, 60)]
    public int AfterDays { get; init; } = 7;

    /// <summary>Days from then on in which it still makes sense: 1 to 30.</summary>
    [Range(1, 30)]
    public int FreshDays { get; init; } = 3;
}

/// <summary>The last order was placed a week ago: there has been time to enjoy it, and it is not forgotten.</summary>
internal sealed class PostPurchaseTrigger : ITimingTrigger
{
    public string Name => TimingTriggers.PostPurchase;

    public IReadOnlyList<Touchpoint> Touchpoints => [Touchpoint.PostPurchaseEmail];

    public TriggerReading Read(TimingContext context)
    {
        var options = context.Settings.PostPurchase;
        if (context.Customer.Shopping.Kept.LastOrDefault() is not { } order)
        {
            return this.No($"Nothing was bought yet.");
        }

        if (!order.Skus.Exists(context.Customer.Shopping.Has))
        {
            return this.No($"Everything of the last order was returned.");
        }

        // By the shop's days, so that it comes at the time of day of the purchase also when the clocks have changed.
        var local = TimeZoneInfo.ConvertTime(order.At, context.Zone).DateTime;
        var due = context.At(DateOnly.FromDateTime(local).AddDays(options.AfterDays), 0) + local.TimeOfDay;
        var until = due.AddDays(options.FreshDays);
        return context.Now < due ? this.NotYet(due, $"{options.AfterDays} days after the last purchase is on {context.DayOf(due):yyyy-MM-dd}.")
            : context.Now > until ? this.No($"The last purchase is more than {options.AfterDays + options.FreshDays} days ago.")
            : this.Fires(order.Id.Value, until, $"The last purchase was {options.AfterDays} days ago or a little more.");
    }
}
