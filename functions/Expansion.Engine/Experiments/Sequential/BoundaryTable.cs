using Expansion.Engine.Experiments.Statistics;

namespace Expansion.Engine.Experiments.Sequential;

/// <summary>
/// The calibrated constants of the planned test. m is what a Brownian motion on (0, 1] reaches: P(sup |W(t)| t^(−1/4) ≥ m) = p, by an exact
/// recursion over random walks, extrapolated and rounded up.
/// </summary>
internal static class BoundaryTable
{
    /// <summary>(m, p), falling in p. ln p is linear in m² between them.</summary>
    private static readonly (double M, double P)[] Reached =
    [
        (1.0072, 0.8), (1.2263, 0.6), (1.3406, 0.5), (1.4679, 0.4), (1.6181, 0.3), (1.8131, 0.2), (1.9423, 0.15), (2.115, 0.1), (2.255, 0.07), (2.384, 0.05),
        (2.5663, 0.03), (2.631, 0.025), (2.7051, 0.02), (2.767, 0.05 / 3), (2.859, 0.0125), (2.93, 0.01), (3.1388, 0.005), (3.3983, 0.002), (3.5842, 0.001),
        (4.1478, 0.0001),
    ];

    /// <summary>(α, cf at power 0.8, cf at power 0.9).</summary>
    private static readonly (double Alpha, double At80, double At90)[] Futility =
    [
        (0.01, 1.501, 1.81), (0.0125, 1.504, 1.812), (0.05 / 3, 1.509, 1.816), (0.025, 1.517, 1.822), (0.05, 1.536, 1.836), (0.1, 1.568, 1.861),
    ];

    /// <summary>p of a test whose largest |Z| t^(1/4) so far is <paramref name="reached"/>: 1 below the table, 0.0001 above it.</summary>
    public static double P(double reached)
    {
        var above = Array.FindIndex(Reached, row => row.M > reached);
        if (above <= 0)
        {
            return above == 0 ? 1 : Reached[^1].P;
        }

        var (low, high) = (Reached[above - 1], Reached[above]);
        return Math.Exp(Between(reached * reached, low.M * low.M, Math.Log(low.P), high.M * high.M, Math.Log(high.P)));
    }

    /// <summary>The boundary whose crossing is p ≤ <paramref name="alpha"/>.</summary>
    public static double C(double alpha)
    {
        var below = Array.FindIndex(Reached, row => row.P <= alpha * (1 + 1e-4));
        if (below < 0 || alpha > Reached[0].P)
        {
            throw new ArgumentOutOfRangeException(nameof(alpha), alpha, "The boundary is calibrated for an alpha from 0.0001 to 0.8.");
        }

        var low = Reached[below];
        if (below == 0 || Math.Abs(low.P - alpha) < 1e-4 * alpha)
        {
            return low.M;
        }

        var high = Reached[below - 1];
        return Math.Sqrt(Between(Math.Log(alpha), Math.Log(low.P), low.M * low.M, Math.Log(high.P), high.M * high.M));
    }

    /// <summary>The futility constant: in ln α and z(power) between the calibrated values, held at the ends of α, where it hardly moves.</summary>
    public static double Cf(double alpha, double power)
    {
        var above = Array.FindIndex(Futility, row => row.Alpha >= alpha * (1 - 1e-4));
        var high = above < 0 ? Futility[^1] : Futility[above];
        var low = above <= 0 || Math.Abs(high.Alpha - alpha) < 1e-4 * alpha ? high : Futility[above - 1];
        var (at80, at90) = low.Alpha == high.Alpha
            ? (high.At80, high.At90)
            : (Between(Math.Log(alpha), Math.Log(low.Alpha), low.At80, Math.Log(high.Alpha), high.At80),
                Between(Math.Log(alpha), Math.Log(low.Alpha), low.At90, Math.Log(high.Alpha), high.At90));
        return Between(Normal.Quantile(power), Normal.Quantile(0.8), at80, Normal.Quantile(0.9), at90);
    }

    private static double Between(double x, double x0, double y0, double x1, double y1) => y0 + ((x - x0) * (y1 - y0) / (x1 - x0));
}
