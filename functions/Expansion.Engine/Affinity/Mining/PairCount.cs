namespace Expansion.Engine.Affinity.Mining;

/// <summary>A pair of items and the number of baskets that hold both; <see cref="A"/> is the smaller item.</summary>
public readonly record struct PairCount(int A, int B, int Both) : IComparable<PairCount>
{
    public int CompareTo(PairCount other) => A == other.A ? B.CompareTo(other.B) : A.CompareTo(other.A);
}

/// <summary>
/// A stretch of the items in counting order (most bought first). Each pair belongs to the one of its two items that comes first, so the pairs
/// of all stretches together are all pairs, each once.
/// </summary>
public readonly record struct ItemRange(int From, int To);

/// <summary>Turns a block of pairs into something else; the span is only good during the call.</summary>
public delegate TResult PairTransform<TResult>(ReadOnlySpan<PairCount> pairs);
