using System.Text.Json.Serialization;
using Expansion.Engine.Experiments.Statistics;

namespace Expansion.Engine.Experiments.Sequential;

/// <summary>The standard families of boundaries for a few looks at known shares of the information.</summary>
public enum BoundaryFamily
{
    /// <summary>The same bound at every look.</summary>
    Pocock,

    /// <summary>c/√t.</summary>
    [JsonStringEnumMemberName("obrien_fleming")]
    OBrienFleming,

    /// <summary>c t^(Δ − 1/2).</summary>
    WangTsiatis,

    /// <summary>Error spent as 4 − 4Φ(z(1 − α/4)/√t) (Lan, DeMets, Biometrika 70, 1983).</summary>
    [JsonStringEnumMemberName("ld_obrien_fleming")]
    LanDeMetsOBrienFleming,

    /// <summary>Error spent as α ln(1 + (e − 1)t).</summary>
    [JsonStringEnumMemberName("ld_pocock")]
    LanDeMetsPocock,
}

/// <param name="Constant">c; null where the error is spent look by look.</param>
/// <param name="CumulativeAlpha">Two-sided error up to and including each look.</param>
public sealed record GroupBoundsResult(double? Constant, IReadOnlyList<double> Bounds, IReadOnlyList<double> CumulativeAlpha);

/// <summary>Bounds on |Z| at each look, by numerical integration over the looks before (Armitage, McPherson, Rowe 1969).</summary>
public static class GroupBounds
{
    /// <param name="fractions">Share of the information at each look: rising, above 0, at most 1.</param>
    /// <param name="delta">Δ of <see cref="BoundaryFamily.WangTsiatis"/>.</param>
    public static GroupBoundsResult Of(IReadOnlyList<double> fractions, BoundaryFamily family, double alpha = 0.05, double delta = 0.25)
    {
        if (fractions.Count == 0 || fractions[0] <= 0 || fractions[^1] > 1 || fractions.Zip(fractions.Skip(1)).Any(pair => pair.First >= pair.Second))
        {
            throw new ArgumentException("Shares of the information must rise from above 0 to at most 1.", nameof(fractions));
        }

        return family switch
        {
            BoundaryFamily.LanDeMetsOBrienFleming => Spend(fractions, t => 4 * Normal.Above(Normal.Width(alpha / 2) / Math.Sqrt(t))),
            BoundaryFamily.LanDeMetsPocock => Spend(fractions, t => alpha * Math.Log(1 + ((Math.E - 1) * t))),
            BoundaryFamily.Pocock => Shaped(fractions, 0.5, alpha),
            BoundaryFamily.OBrienFleming => Shaped(fractions, 0, alpha),
            _ => Shaped(fractions, delta, alpha),
        };
    }

    private static GroupBoundsResult Shaped(IReadOnlyList<double> fractions, double delta, double alpha)
    {
        // With one look c is the fixed test's; with many it stays below 10 for every family and alpha in use.
        var c = Falling(c => Crossed(c)[^1] - alpha, 0, 10);
        return new(c, [.. fractions.Select(t => c * Math.Pow(t, delta - 0.5))], Crossed(c));

        double[] Crossed(double c)
        {
            var walk = new BrownianWalk();
            return [.. fractions.Select(t => walk.Step(t, c * Math.Pow(t, delta - 0.5)))];
        }
    }

    private static GroupBoundsResult Spend(IReadOnlyList<double> fractions, Func<double, double> spent)
    {
        var (walk, bounds, cumulative) = (new BrownianWalk(), new List<double>(), new List<double>());
        foreach (var t in fractions)
        {
            bounds.Add(Falling(bound => walk.CrossedAt(t, bound) - spent(t), 0, 40));
            cumulative.Add(walk.Step(t, bounds[^1]));
        }

        return new(null, bounds, cumulative);
    }

    private static double Falling(Func<double, double> function, double low, double high)
    {
        for (var i = 0; i < 60; i++)
        {
            var middle = (low + high) / 2;
            (low, high) = function(middle) > 0 ? (middle, high) : (low, middle);
        }

        return (low + high) / 2;
    }
}
