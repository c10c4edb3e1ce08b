using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Expansion.Engine.Recommendations.Ranking;

/// <summary>
/// A small network over one array of numbers: a linear part and one layer of <see cref="Hidden"/> units (ReLU), which are one vector. The array holds for each feature its weights
/// in the units, then the units' biases, then what each unit counts, then the linear weights. Fused, so that every processor gives the same.
/// </summary>
internal static class RankingNetwork
{
    internal const int Hidden = 16;

    /// <param name="features">How many it looks at.</param>
    public static int Length(int features) => (Hidden * (features + 2)) + features;

    /// <param name="features">Made alike in scale.</param>
    /// <param name="units">What the hidden units give.</param>
    public static float Score(ReadOnlySpan<float> network, ReadOnlySpan<float> features, out Vector512<float> units)
    {
        var rows = Rows(network, features.Length);
        var linear = network[^features.Length..];
        var score = 0f;
        units = rows[features.Length];
        for (var i = 0; i < features.Length; i++)
        {
            units = Vector512.FusedMultiplyAdd(Vector512.Create(features[i]), rows[i], units);
            score = MathF.FusedMultiplyAdd(features[i], linear[i], score);
        }

        units = Vector512.Max(units, Vector512<float>.Zero);
        return score + Vector512.Sum(units * rows[features.Length + 1]);
    }

    /// <summary>Adds to the gradient what a score's slope means for the network's numbers.</summary>
    /// <param name="units">As <see cref="Score"/> told them.</param>
    public static void AddGradient(Span<float> gradient, ReadOnlySpan<float> network, ReadOnlySpan<float> features, Vector512<float> units, float slope)
    {
        var rows = MemoryMarshal.Cast<float, Vector512<float>>(gradient[..^features.Length]);
        var linear = gradient[^features.Length..];
        var counts = Rows(network, features.Length)[features.Length + 1];
        var inner = Vector512.ConditionalSelect(Vector512.GreaterThan(units, Vector512<float>.Zero), counts * slope, Vector512<float>.Zero);
        for (var i = 0; i < features.Length; i++)
        {
            rows[i] = Vector512.FusedMultiplyAdd(Vector512.Create(features[i]), inner, rows[i]);
            linear[i] = MathF.FusedMultiplyAdd(features[i], slope, linear[i]);
        }

        rows[features.Length] += inner;
        rows[features.Length + 1] += units * slope;
    }

    private static ReadOnlySpan<Vector512<float>> Rows(ReadOnlySpan<float> network, int features) => MemoryMarshal.Cast<float, Vector512<float>>(network[..^features]);
}
