using MathNet.Numerics;

namespace Expansion.Engine.Affinity.Soundness;

/// <summary>Tails of the standard normal distribution, as far out as they go.</summary>
internal static class NormalTail
{
    /// <summary>erfc is exact to here; from here on the series is, and erfc would soon be 0.</summary>
    private const double Far = 10;

    /// <summary>P(Z ≥ z). Beyond 10 by φ(z)/z (1 − 1/z² + 3/z⁴ − …), Abramowitz and Stegun 26.2.12.</summary>
    public static LogProbability Above(double z) =>
        z < Far ? new(Math.Log(0.5 * SpecialFunctions.Erfc(z / Constants.Sqrt2))) : new((-z * z / 2) - Math.Log(z) - Constants.LogSqrt2Pi + Math.Log(Series(z)));

    /// <summary>P(|Z| ≥ |z|), which is the upper tail of chi-square with one degree of freedom at z².</summary>
    public static LogProbability Outside(double z) => new(Math.Min(0, Constants.Ln2 + Above(Math.Abs(z)).Ln));

    /// <summary>How many standard deviations hold the middle <paramref name="confidence"/>: 1.96 for 95 %.</summary>
    public static double Width(double confidence) => Constants.Sqrt2 * SpecialFunctions.ErfcInv(1 - confidence);

    private static double Series(double z)
    {
        var (sum, term) = (1.0, 1.0);
        for (var odd = 1; odd < 40 && Math.Abs(term) > 1e-17; odd += 2)
        {
            term *= -odd / (z * z);
            sum += term;
        }

        return sum;
    }
}
