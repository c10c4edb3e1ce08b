using System.Collections.Concurrent;

namespace Expansion.Cli.Loads;

internal enum LoadKind
{
    Webhook,

    /// <summary>A signal and a showing, one after the other.</summary>
    Signal,

    /// <summary>What a cart page shows, through the shop's proxy.</summary>
    Storefront,
    Recommendation,
}

/// <param name="At">Since the load began.</param>
/// <param name="Taken">False for an answer that is none.</param>
internal sealed record LoadAnswer(string Phase, LoadKind Kind, TimeSpan At, double Milliseconds, bool Taken);

/// <summary>Every answer of a load, and what they come to.</summary>
internal sealed class LoadLog
{
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(5);

    private readonly ConcurrentQueue<LoadAnswer> _answers = new();

    public void Add(LoadAnswer answer) => _answers.Enqueue(answer);

    public IEnumerable<LoadLine> Lines(IReadOnlyList<LoadPhase> phases) =>
        from phase in phases
        from kind in Enum.GetValues<LoadKind>()
        let answers = _answers.Where(answer => answer.Phase == phase.Name && answer.Kind == kind).ToList()
        where answers.Count > 0
        let times = answers.Select(answer => answer.Milliseconds).Order().ToList()
        select new LoadLine(phase.Name, kind, answers.Count / phase.Length.TotalSeconds, Quantile(times, 0.5), Quantile(times, 0.95), Quantile(times, 0.99), answers.Count(answer => !answer.Taken));

    /// <summary>Answers a second, in steps of five seconds.</summary>
    public IReadOnlyList<double> Course()
    {
        var steps = _answers.CountBy(answer => (int)(answer.At / Step)).ToDictionary();
        return steps.Count == 0 ? [] : [.. Enumerable.Range(0, steps.Keys.Max() + 1).Select(step => steps.GetValueOrDefault(step) / Step.TotalSeconds)];
    }

    /// <summary>The smallest value that at least the share of all doesn't exceed (nearest rank).</summary>
    /// <param name="sorted">At least one.</param>
    internal static double Quantile(IReadOnlyList<double> sorted, double share) => sorted[Math.Max(0, (int)Math.Ceiling(share * sorted.Count) - 1)];
}

/// <param name="PerSecond">Answers.</param>
/// <param name="P50">Milliseconds until it was taken, tries again included.</param>
internal sealed record LoadLine(string Phase, LoadKind Kind, double PerSecond, double P50, double P95, double P99, int Refused);
