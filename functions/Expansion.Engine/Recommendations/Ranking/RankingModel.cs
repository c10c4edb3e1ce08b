using System.Numerics;
using System.Runtime.InteropServices;

namespace Expansion.Engine.Recommendations.Ranking;

/// <summary>
/// Gives a candidate one score out of its features: the mean of a few small networks, each a linear part and one layer of hidden units (ReLU). The features are made alike in scale first.
/// </summary>
internal sealed class RankingModel
{
    internal const int Hidden = 16;

    /// <summary>A network's numbers: linear weights, then for each hidden unit its weights, its bias and what it counts.</summary>
    internal static readonly int Length = CandidateFeatures.Count + (Hidden * (CandidateFeatures.Count + 2));

    private readonly float[] _mean;
    private readonly float[] _scale;
    private readonly float[][] _networks;

    public RankingModel(float[] mean, float[] scale, float[][] networks) => (_mean, _scale, _networks) = (mean, scale, networks);

    /// <summary>For shops with too little history to learn from: sources count alike, popularity breaks ties.</summary>
    public static RankingModel Untrained
    {
        get
        {
            var network = new float[Length];
            for (var signal = 0; signal < CandidateFeatures.Signals; signal++)
            {
                network[3 * signal] = 1;
            }

            network[CandidateFeatures.Facts + 2] = 0.01f;
            network[CandidateFeatures.Own + 3] = 1;
            return new(new float[CandidateFeatures.Count], [.. Enumerable.Repeat(1f, CandidateFeatures.Count)], [network]);
        }
    }

    public float[][] Columns => [_mean, _scale, .. _networks];

    public static RankingModel FromColumns(float[][] columns) => new(columns[0], columns[1], columns[2..]);

    public float Score(ReadOnlySpan<float> features)
    {
        Span<float> scaled = stackalloc float[CandidateFeatures.Count];
        Scale(features, _mean, _scale, scaled);
        var sum = 0f;
        foreach (var network in _networks)
        {
            sum += Score(network, scaled, []);
        }

        return sum / _networks.Length;
    }

    /// <summary>How much each source adds to a score, most first: what is lost when its features are those of a product it doesn't know (facts: of the average product).</summary>
    public IReadOnlyList<SourceContribution> Contributions(ReadOnlySpan<float> features, float score)
    {
        Span<float> without = stackalloc float[CandidateFeatures.Count];
        var contributions = new List<SourceContribution>();
        foreach (var (source, places) in CandidateFeatures.BySource)
        {
            features.CopyTo(without);
            foreach (var place in places)
            {
                without[place] = source == RecommendationSource.Bestseller ? _mean[place] : 0;
            }

            if (score - Score(without) is var lost and > 0)
            {
                contributions.Add(new(source, lost));
            }
        }

        contributions.Sort((x, y) => y.Score.CompareTo(x.Score));
        return contributions;
    }

    internal static void Scale(ReadOnlySpan<float> features, float[] mean, float[] scale, Span<float> scaled)
    {
        const float Most = 30;
        for (var i = 0; i < scaled.Length; i++)
        {
            scaled[i] = Math.Clamp((features[i] - mean[i]) * scale[i], -Most, Most);
        }
    }

    /// <param name="activations">Filled with what each hidden unit gives, unless empty.</param>
    internal static float Score(ReadOnlySpan<float> network, ReadOnlySpan<float> scaled, Span<float> activations)
    {
        var count = scaled.Length;
        var score = Dot(network[..count], scaled);
        for (var unit = 0; unit < Hidden; unit++)
        {
            var weights = network.Slice(count + (unit * (count + 2)), count + 2);
            var activation = Math.Max(0, Dot(weights[..count], scaled) + weights[count]);
            score += weights[count + 1] * activation;
            if (activations.Length > 0)
            {
                activations[unit] = activation;
            }
        }

        return score;
    }

    /// <summary>target += factor × vector.</summary>
    internal static void AddTo(Span<float> target, ReadOnlySpan<float> vector, float factor)
    {
        var wideTarget = MemoryMarshal.Cast<float, Vector<float>>(target);
        var wide = MemoryMarshal.Cast<float, Vector<float>>(vector);
        for (var i = 0; i < wide.Length; i++)
        {
            wideTarget[i] += wide[i] * factor;
        }

        for (var i = wide.Length * Vector<float>.Count; i < vector.Length; i++)
        {
            target[i] += vector[i] * factor;
        }
    }

    private static float Dot(ReadOnlySpan<float> left, ReadOnlySpan<float> right)
    {
        var wideLeft = MemoryMarshal.Cast<float, Vector<float>>(left);
        var wideRight = MemoryMarshal.Cast<float, Vector<float>>(right);
        var sums = Vector<float>.Zero;
        for (var i = 0; i < wideLeft.Length; i++)
        {
            sums += wideLeft[i] * wideRight[i];
        }

        var sum = Vector.Sum(sums);
        for (var i = wideLeft.Length * Vector<float>.Count; i < left.Length; i++)
        {
            sum += left[i] * right[i];
        }

        return sum;
    }
}
