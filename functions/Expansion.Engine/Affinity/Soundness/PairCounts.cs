namespace Expansion.Engine.Affinity.Soundness;

/// <summary>All that is known of a pair in a period: baskets with both, with a, with b, and all of them. Periods add up.</summary>
public readonly record struct PairCounts
{
    /// <exception cref="ArgumentException">No set of baskets has these counts.</exception>
    public PairCounts(long both, long a, long b, long baskets)
    {
        if (both < 0 || both > Math.Min(a, b) || Math.Max(a, b) > baskets || a + b - both > baskets)
        {
            throw new ArgumentException($"No baskets can hold {both} pairs of {a} and {b} among {baskets}.");
        }

        (Both, A, B, Baskets) = (both, a, b, baskets);
    }

    public long Both { get; }

    public long A { get; }

    public long B { get; }

    public long Baskets { get; }

    /// <summary>Baskets that would hold both if the two had nothing to do with each other: n(a) n(b) / n. 0 when there are no baskets.</summary>
    public double Expected => Baskets == 0 ? 0 : (double)A * B / Baskets;

    /// <summary>The smallest of the four expected counts (both, only a, only b, neither): what decides whether an approximation holds.</summary>
    public double SmallestExpected => Baskets == 0 ? 0 : (double)Math.Min(A, Baskets - A) * Math.Min(B, Baskets - B) / Baskets;

    public double Lift => AffinityScore.Lift(Both, A, B, Baskets);

    public static PairCounts operator +(PairCounts left, PairCounts right) =>
        new(left.Both + right.Both, left.A + right.A, left.B + right.B, left.Baskets + right.Baskets);
}
