using MathNet.Numerics;

namespace Expansion.Engine.Experiments.Statistics;

/// <summary>ln Γ. Differences of millions are taken of it, so it has to be right to the last digit.</summary>
internal static class LnGamma
{
    /// <summary>Stirling's series from 10 on, where its first term left out is below 1e-17 (Abramowitz and Stegun 6.1.41).</summary>
    public static double Of(double x)
    {
        if (x < 10)
        {
            return SpecialFunctions.GammaLn(x);
        }

        var r = 1 / (x * x);
        var series = ((1.0 / 12) - (r * ((1.0 / 360) - (r * ((1.0 / 1260) - (r * ((1.0 / 1680) - (r * ((1.0 / 1188) - (r * (691.0 / 360360))))))))))) / x;
        return ((x - 0.5) * Math.Log(x)) - x + Constants.LogSqrt2Pi + series;
    }

    /// <summary>ln B(a, b) = ln Γ(a) + ln Γ(b) − ln Γ(a + b).</summary>
    public static double Beta(double a, double b) => Of(a) + Of(b) - Of(a + b);
}
