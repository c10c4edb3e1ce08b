namespace Expansion.Engine.Samples;

/// <summary>
/// A seeded stream of numbers, the same on every machine: SplitMix64 (Steele, Lea, Flood, OOPSLA 2014). Whoever draws from it uses only
/// + − × ÷ and comparison on doubles, which IEEE 754 fixes to the bit; logarithms and powers differ between processors.
/// </summary>
internal sealed class SplitMix64(ulong seed)
{
    private ulong _state = seed;

    /// <summary>One stream for each subject, so that what one customer does never shifts another.</summary>
    public static SplitMix64 For(ulong seed, int stream) => new(new SplitMix64(seed + (ulong)stream).Next());

    public ulong Next()
    {
        var z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>From 0 to just below 1, in steps of 2⁻⁵³.</summary>
    public double Share() => (Next() >> 11) * (1.0 / (1UL << 53));

    public bool Chance(double probability) => Share() < probability;

    public double Between(double low, double high) => low + (high - low) * Share();

    /// <summary>An index, each as likely as its weight.</summary>
    public int Pick(ReadOnlySpan<double> weights)
    {
        var sum = 0.0;
        foreach (var weight in weights)
        {
            sum += weight;
        }

        var left = Share() * sum;
        for (var i = 0; i < weights.Length - 1; i++)
        {
            left -= weights[i];
            if (left < 0)
            {
                return i;
            }
        }

        return weights.Length - 1;
    }
}
