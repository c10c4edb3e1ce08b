using Expansion.Engine.Affinity.Pairs;

namespace Expansion.Engine.Affinity.Listing;

/// <summary>An order of pairs in which no two are equal, so that a page can go on where the last one ended. Pairs without numbers come as if all were 0, then by name.</summary>
public sealed class PairSort : IComparer<ListedPair>
{
    private static readonly Dictionary<string, Func<ScoredPair, double>> Measures = new()
    {
        ["shrunken_lift"] = pair => pair.ShrunkenLift,
        ["lift"] = pair => pair.Pair.Lift,
        ["within_lift"] = pair => pair.WithinLift,
        ["count"] = pair => pair.Pair.Both,
        ["support"] = pair => pair.Pair.Support,
        ["confidence"] = pair => Math.Max(pair.Pair.ConfidenceAb, pair.Pair.ConfidenceBa),
        ["q"] = pair => pair.Q,
    };

    private readonly Func<ScoredPair, double> _measure;
    private readonly int _sign;

    /// <param name="name">One of <see cref="Names"/>; the first is what pairs are ranked by elsewhere.</param>
    /// <param name="descending">By default the best come first: the least q, and the most of all else.</param>
    public PairSort(string name, bool? descending = null) => (_measure, _sign) = (Measures[name], descending ?? name != "q" ? -1 : 1);

    public static IReadOnlyCollection<string> Names => Measures.Keys;

    public int Compare(ListedPair? x, ListedPair? y)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        var measure = _sign * Measure(x).CompareTo(Measure(y));
        return measure != 0 ? measure : (x.A, x.B).CompareTo((y.A, y.B));
    }

    private double Measure(ListedPair pair) => pair.Scored is { } scored ? _measure(scored) : 0;
}
