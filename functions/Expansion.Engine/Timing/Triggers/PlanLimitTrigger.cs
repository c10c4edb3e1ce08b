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
            .Select(metric => (Name: metric.Key, Word: LastWord(metric.Value)))
            .Where(metric => metric.Word.At + fresh >= context.Now)
            .OrderByDescending(metric => metric.Word.Share).ThenBy(metric => metric.Name, StringComparer.Ordinal)
            .FirstOrDefault();
        return tightest switch
        {
            { Name: null } => this.No($"No allowance was heard of in the last {options.FreshDays} days."),
            { Word: var (share, _) } when share < options.Share => this.No($"{share:P0} of {tightest.Name} used, {options.Share:P0} needed."),
            { Word: var (share, at) } => this.Fires($"{tightest.Name}:{context.DayOf(at):yyyy-MM}", at + fresh, $"{share:P0} of {tightest.Name} is used."),
        };
    }

    /// <summary>A limit that was reached says more than what was told of the allowance before, or at that moment. Long ago where nothing was told.</summary>
    private static (double Share, DateTimeOffset At) LastWord(Customers.MetricUse metric) =>
        metric.Allowance is { } told && !(metric.LimitReachedAt >= told.At) ? (told.Value.Share, told.At) : (1, metric.LimitReachedAt ?? DateTimeOffset.MinValue);
}
