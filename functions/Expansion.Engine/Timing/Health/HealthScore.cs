using Expansion.Engine.Timing.Customers;

namespace Expansion.Engine.Timing.Health;

/// <summary>How well a customer is doing, 0, lost, to 100, thriving.</summary>
/// <param name="Score">Null when nothing is known that says.</param>
/// <param name="Given">Whether the score came from outside.</param>
/// <param name="Components">What a computed score is made of, each with its part in words.</param>
/// <param name="History">As given, or week by week and without recency, oldest first, the present last: what trends and peaks are read off.</param>
public sealed record HealthReading(double? Score, bool Given, IReadOnlyList<HealthComponent> Components, IReadOnlyList<HealthPoint> History)
{
    /// <summary>Points a week, by the Theil–Sen slope over the history; 0 with too little of it.</summary>
    public double SlopePerWeek => History.Count < 2 ? 0 : Robust.Slope([.. History.Select(point => ((point.At - History[0].At).TotalDays / 7, point.Score))]);
}

/// <param name="Value">0 to 1.</param>
/// <param name="Points">What it adds to the score, of 100.</param>
public sealed record HealthComponent(string Name, double Value, double Weight, double Points, string Explanation);

public sealed record HealthPoint(DateTimeOffset At, double Score);

/// <summary>
/// Health = 100 × Σ weight × value / Σ weight over the components there is something to say of. The history is computed from the same facts as they stood at each week's end.
/// </summary>
public static class HealthScore
{
    /// <summary>How many weeks back the history goes.</summary>
    public const int Weeks = 8;

    public static HealthReading Of(CustomerState customer, HealthOptions options, DateTimeOffset now, TimeZoneInfo zone)
    {
        if (customer.Scores.FindLast(score => score.At <= now) is { } given && given.At.AddDays(options.GivenFreshDays) >= now)
        {
            var told = customer.Scores.Where(score => score.At <= now && score.At >= now.AddDays(-7 * Weeks)).Select(score => new HealthPoint(score.At, score.Value)).ToList();
            return new(given.Value, true, [], told);
        }

        var components = HealthComponents.Of(customer, options, now, zone);
        if (components.Count == 0)
        {
            return new(null, false, [], []);
        }

        // Recency falls from one purchase to the next whoever buys, which is no decline.
        var lasting = options with { Recency = 0 };
        var history = Enumerable.Range(1, Weeks).Select(week => now.AddDays(-7 * (Weeks - week))).Where(at => at >= customer.FirstAt)
            .Select(at => HealthComponents.Score(customer, lasting, at, zone) is { } then ? new HealthPoint(at, then) : null).OfType<HealthPoint>();
        return new(components.Sum(component => component.Points), false, components, [.. history]);
    }
}
