using MathNet.Numerics;

namespace Expansion.Engine.Affinity.Soundness;

/// <summary>
/// The exact chance of at least as many common baskets when the two products are spread over the baskets independently.
/// Terms by Loader's saddle-point expansion ("Fast and Accurate Computation of Binomial Probabilities", 2000; R's dhyper does the same): log-factorials
/// of ten million subtracted from each other would lose the digits we promise.
/// </summary>
internal static class HypergeometricTail
{
    /// <summary>ln n! less Stirling's formula, for n too small for the series.</summary>
    private static readonly double[] SmallStirlingErrors =
        [0, .. Enumerable.Range(1, 15).Select(n => SpecialFunctions.FactorialLn(n) - Constants.LogSqrt2Pi - ((n + 0.5) * Math.Log(n)) + n)];

    /// <summary>P(X ≥ both), X the common baskets given n(a), n(b) and n. 1 when no other number was possible.</summary>
    public static LogProbability AtLeast(PairCounts counts)
    {
        var (both, a, b, n) = (counts.Both, counts.A, counts.B, counts.Baskets);
        var least = Math.Max(0, a + b - n);
        if (both == least)
        {
            return LogProbability.One;
        }

        // The sum runs away from the mode, so that every term is smaller than the one before.
        return both > counts.Expected
            ? new(LnTerm(both, a, b, n) + Math.Log(SumUp(both, a, b, n)))
            : new(Math.Log(1 - Math.Exp(LnTerm(both - 1, a, b, n) + Math.Log(SumDown(both - 1, a, b, n)))));
    }

    /// <summary>Terms from k upward, the first taken as 1.</summary>
    private static double SumUp(long k, long a, long b, long n)
    {
        var (sum, term) = (1.0, 1.0);
        for (; term > sum * 1e-17; k++)
        {
            term *= (double)(a - k) / (k + 1) * ((double)(b - k) / (n - a - b + k + 1));
            sum += term;
        }

        return sum;
    }

    /// <summary>Terms from k downward, the first taken as 1.</summary>
    private static double SumDown(long k, long a, long b, long n)
    {
        var (sum, term) = (1.0, 1.0);
        for (; term > sum * 1e-17; k--)
        {
            term *= (double)k / (a - k + 1) * ((double)(n - a - b + k) / (b - k + 1));
            sum += term;
        }

        return sum;
    }

    /// <summary>ln P(X = k), as a product of three binomial probabilities.</summary>
    private static double LnTerm(long k, long a, long b, long n)
    {
        var (p, q) = ((double)b / n, (double)(n - b) / n);
        return LnBinomial(k, a, p, q) + LnBinomial(b - k, n - a, p, q) - LnBinomial(b, n, p, q);
    }

    private static double LnBinomial(long k, long n, double p, double q)
    {
        if (k == 0 || k == n)
        {
            var (rate, rest) = k == 0 ? (q, p) : (p, q);
            return -Deviance(n, n * rate) - (n * rest);
        }

        return StirlingError(n) - StirlingError(k) - StirlingError(n - k)
            - Deviance(k, n * p) - Deviance(n - k, n * q)
            - Constants.LogSqrt2Pi - (0.5 * Math.Log((double)k / n * (n - k)));
    }

    /// <summary>x ln(x / mean) + mean − x, by series where the two are close and the formula would cancel.</summary>
    private static double Deviance(double x, double mean)
    {
        var difference = x - mean;
        if (Math.Abs(difference) >= 0.1 * (x + mean))
        {
            return x == 0 ? mean : (x * Math.Log(x / mean)) - difference;
        }

        var v = difference / (x + mean);
        var (sum, power) = (difference * v, 2 * x * v);
        for (var odd = 3; ; odd += 2)
        {
            power *= v * v;
            var next = sum + (power / odd);
            if (next == sum)
            {
                return sum;
            }

            sum = next;
        }
    }

    private static double StirlingError(long n)
    {
        if (n < SmallStirlingErrors.Length)
        {
            return SmallStirlingErrors[n];
        }

        var square = (double)n * n;
        return ((1.0 / 12) - (((1.0 / 360) - (((1.0 / 1260) - (((1.0 / 1680) - (1.0 / 1188 / square)) / square)) / square)) / square)) / n;
    }
}
