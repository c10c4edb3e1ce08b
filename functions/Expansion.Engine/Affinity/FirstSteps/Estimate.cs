using Expansion.Engine.Affinity.Soundness;

namespace Expansion.Engine.Affinity.FirstSteps;

/// <summary>An expected value, and the 95 % interval around it.</summary>
public readonly record struct Estimate(double Low, double Expected, double High)
{
    /// <summary>
    /// A share, with Wilson's interval: (p + z²/2n ± z √(p (1 − p)/n + z²/4n²)) / (1 + z²/n) (Journal of the American Statistical Association 22, 1927).
    /// Of none: 0, and anything from 0 to 1.
    /// </summary>
    public static Estimate OfShare(long count, long of)
    {
        if (of == 0)
        {
            return new(0, 0, 1);
        }

        var (p, n, z) = ((double)count / of, (double)of, NormalTail.Width(0.95));
        var (middle, width, scale) = (p + (z * z / (2 * n)), z * Math.Sqrt((p * (1 - p) / n) + (z * z / (4 * n * n))), 1 + (z * z / n));
        return new(Math.Max(0, (middle - width) / scale), p, Math.Min(1, (middle + width) / scale));
    }

    /// <summary>
    /// The difference of two shares, with Newcombe's interval, which takes Wilson's of each: d − √((p₁ − l₁)² + (u₂ − p₂)²) to d + √((u₁ − p₁)² + (p₂ − l₂)²)
    /// (Statistics in Medicine 17, 1998, method 10).
    /// </summary>
    public static Estimate OfDifference(Estimate share, Estimate from)
    {
        var difference = share.Expected - from.Expected;
        return new(
            difference - double.Hypot(share.Expected - share.Low, from.High - from.Expected),
            difference,
            difference + double.Hypot(share.High - share.Expected, from.Expected - from.Low));
    }

    /// <summary>The same with nothing below 0.</summary>
    public Estimate AtLeastZero() => new(Math.Max(0, Low), Math.Max(0, Expected), Math.Max(0, High));

    public static Estimate operator *(Estimate estimate, double factor) => new(estimate.Low * factor, estimate.Expected * factor, estimate.High * factor);

    /// <summary>Adds ends to ends, which is wider than 95 % asks for: estimates need not be independent.</summary>
    public static Estimate operator +(Estimate left, Estimate right) => new(left.Low + right.Low, left.Expected + right.Expected, left.High + right.High);
}
