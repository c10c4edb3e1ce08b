namespace Expansion.Engine.Recommendations.Ranking;

/// <summary>Gives a candidate one score out of its features: the mean of a few small networks. The features are made alike in scale first.</summary>
internal sealed class RankingModel
{
    private readonly float[] _mean;
    private readonly float[] _scale;
    private readonly float[][] _networks;

    public RankingModel(float[] mean, float[] scale, float[][] networks) => (_mean, _scale, _networks) = (mean, scale, networks);

    public float[][] Columns => [_mean, _scale, .. _networks];

    public static RankingModel FromColumns(float[][] columns) => new(columns[0], columns[1], columns[2..]);

    /// <summary>For shops with too little history to learn from: sources count alike, popularity breaks ties.</summary>
    /// <param name="features">How many it looks at.</param>
    public static RankingModel Untrained(int features)
    {
        var network = new float[RankingNetwork.Length(features)];
        var linear = network.AsSpan()[^features..];
        for (var signal = 0; signal < CandidateFeatures.Signals; signal++)
        {
            linear[3 * signal] = 1;
        }

        if (features > CandidateFeatures.Facts)
        {
            linear[CandidateFeatures.Facts + 2] = 0.01f;
            linear[CandidateFeatures.Own + 3] = 1;
        }

        return new(new float[features], [.. Enumerable.Repeat(1f, features)], [network]);
    }

    public float Score(ReadOnlySpan<float> features)
    {
        Span<float> scaled = stackalloc float[features.Length];
        Scale(features, _mean, _scale, scaled);
        var sum = 0f;
        foreach (var network in _networks)
        {
            sum += RankingNetwork.Score(network, scaled, out _);
        }

        return sum / _networks.Length;
    }

    /// <summary>How much each source adds to a score, most first: what is lost when its features are those of a product it doesn't know (facts: of the average product).</summary>
    public IReadOnlyList<SourceContribution> Contributions(ReadOnlySpan<float> features, float score)
    {
        Span<float> without = stackalloc float[features.Length];
        var contributions = new List<SourceContribution>();
        foreach (var (source, places) in CandidateFeatures.BySource)
        {
            features.CopyTo(without);
            foreach (var place in places)
            {
                if (place < without.Length)
                {
                    without[place] = source == RecommendationSource.Bestseller ? _mean[place] : 0;
                }
            }

            if (score - Score(without) is var lost and > 0)
            {
                contributions.Add(new(source, lost));
            }
        }

        contributions.Sort((x, y) => y.Score.CompareTo(x.Score));
        return contributions;
    }

    internal static void Scale(ReadOnlySpan<float> features, ReadOnlySpan<float> mean, ReadOnlySpan<float> scale, Span<float> scaled)
    {
        const float Most = 30;
        for (var i = 0; i < scaled.Length; i++)
        {
            scaled[i] = Math.Clamp((features[i] - mean[i]) * scale[i], -Most, Most);
        }
    }
}
