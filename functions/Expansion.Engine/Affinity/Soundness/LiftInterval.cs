namespace Expansion.Engine.Affinity.Soundness;

/// <summary>Where the lift of a pair may lie, given how often it was seen.</summary>
public readonly record struct LiftInterval(double Low, double High)
{
    /// <summary>
    /// Lift · e^(± z s), s² = 1/n(ab) − 1/n(a) − 1/n(b) + (2 lift − 1)/n: the delta method on ln lift for multinomial counts (Agresti, Categorical Data
    /// Analysis, 3rd ed., 16.1). Never together: 0 to −ln((1 − confidence)/2) / E, below which seeing none would be too unlikely.
    /// Nothing expected, because one was never bought: 0 to infinity.
    /// </summary>
    /// <param name="confidence">Share of such intervals that hold the true lift, above 0 and below 1.</param>
    public static LiftInterval Of(PairCounts counts, double confidence = 0.95)
    {
        if (counts.Both == 0)
        {
            return new(0, counts.Expected == 0 ? double.PositiveInfinity : -Math.Log((1 - confidence) / 2) / counts.Expected);
        }

        var lift = counts.Lift;
        var variance = (1.0 / counts.Both) - (1.0 / counts.A) - (1.0 / counts.B) + (((2 * lift) - 1) / counts.Baskets);
        var factor = Math.Exp(NormalTail.Width(confidence) * Math.Sqrt(Math.Max(0, variance)));
        return new(lift / factor, lift * factor);
    }
}
