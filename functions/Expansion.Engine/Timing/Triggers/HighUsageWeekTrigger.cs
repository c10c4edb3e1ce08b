using System.ComponentModel.DataAnnotations;
using Expansion.Engine.Recommendations;

namespace Expansion.Engine.Timing.Triggers;

public sealed record HighUsageWeekOptions
{
    /// <summary>Weeks before this one that are compared with: 4 to 16.</summary>
    [Range(4, 16)]
    public int BaselineWeeks { get; init; } = 8;

    /// <summary>Fewest weeks since the first use for a baseline: 4 to 16.</summary>
    [Range(4, 16)]
    public int MinWeeks { get; init; } = 4;

    /// <summary>How far above the usual week, in robust standard deviations: 1 to 10.</summary>
    [Range(1, 10)]
    public double Deviations { get; init; } = 3;

    /// <summary>And at least this part above it: 0.05 to 5.</summary>
    [Range(0.05, 5)]
    public double MinRise { get; init; } = 0.3;
}

/// <summary>
/// The last seven days saw far more use than the customer's own usual week. Usual is the median of the weeks before, and the spread their median absolute deviation × 1.4826,
/// which estimates a normal standard deviation (Rousseeuw &amp; Croux, JASA 88, 1993): one odd week moves neither.
/// </summary>
internal sealed class HighUsageWeekTrigger : ITimingTrigger
{
    private const double Consistency = 1.4826;

    public string Name => TimingTriggers.HighUsageWeek;

    public IReadOnlyList<Touchpoint> Touchpoints => [Touchpoint.InApp, Touchpoint.AccountPage, Touchpoint.CustomerSuccess];

    public TriggerReading Read(TimingContext context)
    {
        // Of some metrics nothing is known but that their limit was reached.
        var readings = context.Customer.Usage.Metrics.Where(metric => metric.Value.Days.Days.Count > 0).OrderBy(metric => metric.Key, StringComparer.Ordinal).Select(metric => Read(context, metric.Key, metric.Value.Days)).ToList();
        return readings.Find(reading => reading.Fired) ?? readings.FirstOrDefault() ?? this.No($"No use was recorded.");
    }

    private TriggerReading Read(TimingContext context, string metric, Customers.DailySums use)
    {
        var options = context.Settings.HighUsageWeek;
        var known = (context.Today.DayNumber - use.Days.Keys.First().DayNumber + 1) / 7 - 1;
        if (known < options.MinWeeks)
        {
            return this.No($"{Math.Max(0, known)} whole weeks of {metric} before this one, {options.MinWeeks} needed.");
        }

        var week = use.Sum(context.Today, 7);
        var before = Enumerable.Range(1, Math.Min(options.BaselineWeeks, known)).Select(ago => use.Sum(context.Today.AddDays(-7 * ago), 7)).ToList();
        var median = Robust.Median(before);
        var spread = Consistency * Robust.Median([.. before.Select(other => Math.Abs(other - median))]);
        var needed = Math.Max(median + (options.Deviations * spread), median * (1 + options.MinRise));
        return week < needed || week == 0
            ? this.No($"{week:0.#} {metric} in the last 7 days, {needed:0.#} needed: the usual week has {median:0.#}.")
            : this.Fires($"{metric}:{context.Today.AddDays(-(((int)context.Today.DayOfWeek + 6) % 7)):yyyy-MM-dd}", context.Now.AddDays(3), $"{week:0.#} {metric} in the last 7 days, where the usual week has {median:0.#}.");
    }
}
