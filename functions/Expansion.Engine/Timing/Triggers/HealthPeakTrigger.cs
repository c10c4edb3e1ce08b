using System.ComponentModel.DataAnnotations;
using Expansion.Engine.Recommendations;

namespace Expansion.Engine.Timing.Triggers;

public sealed record HealthPeakOptions
{
    /// <summary>Least score: 50 to 100.</summary>
    [Range(50, 100)]
    public double MinScore { get; init; } = 80;

    /// <summary>Points above the customer's median: 1 to 50.</summary>
    [Range(1, 50)]
    public double MinRise { get; init; } = 5;
}

/// <summary>The customer is doing better than ever in the weeks that are looked at.</summary>
internal sealed class HealthPeakTrigger : ITimingTrigger
{
    private const int LeastScores = 3;

    public string Name => TimingTriggers.HealthPeak;

    public IReadOnlyList<Touchpoint> Touchpoints => [Touchpoint.InApp, Touchpoint.AccountPage, Touchpoint.CustomerSuccess];

    public TriggerReading Read(TimingContext context)
    {
        var options = context.Settings.HealthPeak;
        if (!(context.Health.Score >= options.MinScore))
        {
            return context.Health.Score is { } low ? this.No($"Health is {low:0}, {options.MinScore:0} needed.") : this.No($"No health score is known.");
        }

        if (context.Health.History is not { Count: >= LeastScores } history)
        {
            return this.No($"{context.Health.History.Count} health scores are known, {LeastScores} needed.");
        }

        var now = history[^1].Score;
        var median = Robust.Median([.. history.Select(point => point.Score)]);
        return now < history.Max(point => point.Score) ? this.No($"Health is {now:0} and was {history.Max(point => point.Score):0} before.")
            : now < median + options.MinRise ? this.No($"Health is {now:0}, {median + options.MinRise:0} needed: the usual is {median:0}.")
            : this.Fires($"{context.Today:yyyy-MM}", context.Now.AddDays(7), $"Health is at a peak of {now:0}, where the usual is {median:0}.");
    }
}
