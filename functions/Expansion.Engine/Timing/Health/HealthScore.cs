using Expansion.Engine.Timing.Customers;

namespace Expansion.Engine.Timing.Health;

/// <summary>How well a customer is doing. The score is at hand; what it is made of and what it was are told when they are asked for, which mostly nobody does.</summary>
public sealed class HealthReading(double? score, bool given, Func<IReadOnlyList<HealthComponent>> components, Func<IReadOnlyList<HealthPoint>> history)
{
    private IReadOnlyList<HealthComponent>? _components;
    private IReadOnlyList<HealthPoint>? _history;

    /// <summary>0, lost, to 100, thriving; null when nothing is known that says.</summary>
    public double? Score => score;

    /// <summary>Whether the score came from outside.</summary>
    public bool Given => given;

    /// <summary>What a computed score is made of, each with its part in words.</summary>
    public IReadOnlyList<HealthComponent> Components => _components ??= components();

    /// <summary>As given, or week by week and without recency, oldest first, the present last: what trends and peaks are read off.</summary>
    public IReadOnlyList<HealthPoint> History => _history ??= history();

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

    public static HealthReading Of(CustomerState customer, HealthOptions options, DateTimeOffset now, TimeZoneInfo zone) =>
        customer.Scores.FindLast(score => score.At <= now) is { } given && given.At.AddDays(options.GivenFreshDays) >= now
            ? new(given.Value, true, () => [], () => Told(customer, now))
            : new(HealthComponents.Score(customer, options, now, zone), false, () => HealthComponents.Of(customer, options, now, zone), () => Computed(customer, options, now, zone));

    private static IReadOnlyList<HealthPoint> Told(CustomerState customer, DateTimeOffset now) =>
        [.. customer.Scores.Where(score => score.At <= now && score.At >= now.AddDays(-7 * Weeks)).Select(score => new HealthPoint(score.At, score.Value))];

    private static IReadOnlyList<HealthPoint> Computed(CustomerState customer, HealthOptions options, DateTimeOffset now, TimeZoneInfo zone)
    {
        // Recency falls from one purchase to the next whoever buys, which is no decline.
        var lasting = options with { Recency = 0 };
        return
        [
            .. Enumerable.Range(1, Weeks).Select(week => now.AddDays(-7 * (Weeks - week))).Where(at => at >= customer.FirstAt)
                .Select(at => HealthComponents.Score(customer, lasting, at, zone) is { } then ? new HealthPoint(at, then) : null).OfType<HealthPoint>(),
        ];
    }
}
