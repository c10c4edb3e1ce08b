namespace Expansion.Engine.Affinity;

/// <summary>The measures of a pair a, b from four counts: baskets with both, with a, with b, and all. Agrawal, Imieliński, Swami (SIGMOD 1993); lift: Brin et al. (SIGMOD 1997).</summary>
public static class AffinityScore
{
    /// <summary>Share of all baskets that hold both: n(ab) / n. 0 when there are no baskets.</summary>
    public static double Support(long both, long baskets) => baskets == 0 ? 0 : (double)both / baskets;

    /// <summary>Share of the baskets with a that also hold b: n(ab) / n(a). 0 when a was never bought.</summary>
    public static double Confidence(long both, long a) => a == 0 ? 0 : (double)both / a;

    /// <summary>How many times more often together than if the two had nothing to do with each other: n(ab) n / (n(a) n(b)). 0 when either was never bought, 1 is independence.</summary>
    public static double Lift(long both, long a, long b, long baskets) => a == 0 || b == 0 ? 0 : (double)both * baskets / ((double)a * b);
}
