using System.ComponentModel.DataAnnotations;
using Expansion.Engine.Recommendations;

namespace Expansion.Engine.Timing.Triggers;

public sealed record PlanLimitOptions
{
    /// <summary>Share of an allowance that is used when its end is near: 0.5 to 1.</summary>
    [Range(0.5, 1)]
    public double Share { get; init; } = 0.8;

    /// <summary>Days for which the last word on an allowance counts: 1 to 31.</summary>
    [Range(1, 31)]
    public int FreshDays { get; init; } = 7;
}

/// <summary>An allowance of the plan is nearly used up, or was.</summary>
internal sealed class PlanLimitTrigger : ITimingTrigger
{
    public string Name => TimingTriggers.PlanLimit;

    public IReadOnlyList<Touchpoint> Touchpoints => [Touchpoint.InApp, Touchpoint.AccountPage, Touchpoint.CustomerSuccess];

    public TriggerReading Read(TimingContext context)
    {
        var options = context.Settings.PlanLimit;
        var fresh = TimeSpan.FromDays(options.FreshDays);
        var tightest = context.Customer.Usage.Metrics
            .Select(metric => (Name: metric.Key, Share: Share(metric.Value, context.Now, fresh), At: metric.Value.LastAt))
            .Where(metric => metric.Share is not null)
            .OrderByDescending(metric => metric.Share).ThenBy(metric => metric.Name, StringComparer.Ordinal)
            .FirstOrDefault();
        return tightest switch
        {
            { Share: null } => this.No($"No allowance was heard of in the last {options.FreshDays} days."),
            { Share: { } share } when share < options.Share => this.No($"{share:P0} of {tightest.Name} used, {options.Share:P0} needed."),
            _ => this.Fires($"{tightest.Name}:{context.DayOf(tightest.At):yyyy-MM}", tightest.At + fresh, $"{tightest.Share:P0} of {tightest.Name} is used."),
        };
    }

    private static double? Share(Customers.MetricUse metric, DateTimeOffset now, TimeSpan fresh)
    {
        var told = metric.Allowance is { } allowance && allowance.At + fresh >= now ? allowance.Value.Share : (double?)null;
        // A limit that was reached after the last word on the allowance says more than that word.
        return metric.LimitReachedAt is { } hit && hit + fresh >= now && !(metric.Allowance?.At > hit) ? 1 : told;
    }
}
