namespace Expansion.Engine.Affinity.Soundness;

/// <summary>Lift to rank by: few sightings count for little, however great their lift.</summary>
public static class ShrunkenLift
{
    /// <summary>
    /// Lower end of the 95 % credibility interval of (n(ab) + ½) / (E + ½), a lift drawn towards 1 as if half a basket more had been seen and expected:
    /// 2^(log₂((n(ab) + ½)/(E + ½)) − 3.3 (n(ab) + ½)^−½ − 2 (n(ab) + ½)^−3/2). Norén, Hopstadius, Bate (Statistical Methods in Medical Research 22, 2013).
    /// Two baskets give at most 0.83 and two hundred at lift 1.2 give 1.02; above 1 the pair is more than luck. Practically 0 when never together.
    /// </summary>
    public static double Of(PairCounts counts)
    {
        var seen = counts.Both + 0.5;
        return seen / (counts.Expected + 0.5) * Math.Pow(2, -(3.3 + (2 / seen)) / Math.Sqrt(seen));
    }
}
