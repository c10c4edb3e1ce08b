using Expansion.Engine.Affinity.Soundness;
using MathNet.Numerics;

namespace Expansion.Engine.Experiments.Statistics;

/// <summary>The standard normal distribution. Tails are computed as tails: 1 − P(Z ≤ 32) would be 0, and is 1e-229.</summary>
internal static class Normal
{
    /// <summary>z with P(Z ≤ z) = <paramref name="probability"/>, which is above 0 and below 1.</summary>
    public static double Quantile(double probability) => -Constants.Sqrt2 * SpecialFunctions.ErfcInv(2 * probability);

    /// <summary>The |z| that 1 − <paramref name="alpha"/> of all draws stay within: 1.96 at 0.05.</summary>
    public static double Width(double alpha) => alpha is > 0 and < 1
        ? Constants.Sqrt2 * SpecialFunctions.ErfcInv(alpha)
        : throw new ArgumentOutOfRangeException(nameof(alpha), alpha, "The error must be above 0 and below 1, e.g. 0.05.");

    public static double Below(double z) => NormalTail.Above(-z).Value;

    public static double Above(double z) => NormalTail.Above(z).Value;

    public static double Outside(double z) => NormalTail.Outside(z).Value;

    public static double Density(double z) => Math.Exp((-z * z / 2) - Constants.LogSqrt2Pi);
}
