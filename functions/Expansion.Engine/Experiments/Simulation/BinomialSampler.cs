using Expansion.Engine.Samples;

namespace Expansion.Engine.Experiments.Simulation;

/// <summary>How many of n visitors convert, drawn exactly and at once: by inversion for few, by Hörmann's BTRS for many (Journal of Statistical Computation and Simulation 46, 1993).</summary>
internal static class BinomialSampler
{
    private static readonly double[] SmallTails =
    [
        0.0810614667953272, 0.0413406959554092, 0.0276779256849983, 0.02079067210376509, 0.0166446911898211,
        0.0138761288230707, 0.0118967099458917, 0.0104112652619720, 0.00925546218271273, 0.00833056343336287,
    ];

    public static long Draw(SplitMix64 chance, long n, double p)
    {
        if (p > 0.5)
        {
            return n - Draw(chance, n, 1 - p);
        }

        return n * p < 10 ? Inverted(chance, n, p) : Rejected(chance, n, p);
    }

    private static long Inverted(SplitMix64 chance, long n, double p)
    {
        var (left, odds, k) = (chance.Share(), p / (1 - p), 0L);
        for (var term = Math.Pow(1 - p, n); left >= term && k < n; k++)
        {
            left -= term;
            term *= odds * (n - k) / (k + 1);
        }

        return k;
    }

    private static long Rejected(SplitMix64 chance, long n, double p)
    {
        var deviation = Math.Sqrt(n * p * (1 - p));
        var b = 1.15 + (2.53 * deviation);
        var a = -0.0873 + (0.0248 * b) + (0.01 * p);
        var (c, quick) = ((n * p) + 0.5, 0.92 - (4.2 / b));
        while (true)
        {
            var (u, v) = (chance.Share() - 0.5, chance.Share());
            var side = 0.5 - Math.Abs(u);
            var k = Math.Floor((((2 * a / side) + b) * u) + c);
            if (k < 0 || k > n)
            {
                continue;
            }

            if (side >= 0.07 && v <= quick)
            {
                return (long)k;
            }

            var alpha = (2.83 + (5.1 / b)) * deviation;
            if (Math.Log(v * alpha / ((a / (side * side)) + b)) <= LnRatio(n, p, k))
            {
                return (long)k;
            }
        }
    }

    /// <summary>ln of P(k) over P(mode).</summary>
    private static double LnRatio(long n, double p, double k)
    {
        var (mode, odds) = (Math.Floor((n + 1) * p), p / (1 - p));
        return ((mode + 0.5) * Math.Log((mode + 1) / (odds * (n - mode + 1)))) + ((n + 1) * Math.Log((n - mode + 1) / (n - k + 1)))
            + ((k + 0.5) * Math.Log(odds * (n - k + 1) / (k + 1))) + Tail(mode) + Tail(n - mode) - Tail(k) - Tail(n - k);
    }

    /// <summary>What Stirling's formula lacks of ln k!.</summary>
    private static double Tail(double k)
    {
        if (k < SmallTails.Length)
        {
            return SmallTails[(int)k];
        }

        var square = (k + 1) * (k + 1);
        return ((1.0 / 12) - (((1.0 / 360) - (1.0 / 1260 / square)) / square)) / (k + 1);
    }
}
