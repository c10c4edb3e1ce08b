using System.Runtime.Intrinsics;
using Expansion.Engine.Affinity.Mining;
using Expansion.Engine.Recommendations.Training;

namespace Expansion.Engine.Recommendations.Ranking;

/// <summary>
/// Learns a ranking from cases of the past. The loss is the softmax cross-entropy of what was bought among the candidates (ListNet, Cao et al., ICML 2007), the steps are Adam's.
/// Chance is a hash, and each network is trained by one thread, so the same cases give the same ranking however many cores there are.
/// </summary>
internal static class RankingTrainer
{
    /// <summary>Below this many cases a network would learn them by heart.</summary>
    private const int FewestCases = 100;
    private const int Networks = 4;
    private const int Epochs = 6;
    private const int BatchSize = 16;
    private const float LearningRate = 0.003f;
    private const float Decay = 0.003f;

    /// <param name="lessons">Cases with the sources that were learned without them.</param>
    public static RankingModel Train(IReadOnlyList<(ModelSources Sources, IReadOnlyList<RankingCase> Cases)> lessons, RecommendationTask task, int threads)
    {
        var features = CandidateFeatures.CountFor(task);
        var examples = lessons.SelectMany(lesson => Describe(lesson.Sources, lesson.Cases, features, threads)).ToList();
        if (examples.Count < FewestCases)
        {
            return RankingModel.Untrained(features);
        }

        var (mean, scale) = Standardise(examples, features);
        var networks = new float[Networks][];
        var next = -1;
        WorkerThreads.Run(Math.Min(threads, Networks), _ =>
        {
            for (var network = Interlocked.Increment(ref next); network < Networks; network = Interlocked.Increment(ref next))
            {
                networks[network] = Train(examples, features, (ulong)network + 1);
            }
        });
        return new(mean, scale, networks);
    }

    /// <summary>Cases whose purchase no source came upon teach nothing and are left out.</summary>
    private static List<Example> Describe(ModelSources sources, IReadOnlyList<RankingCase> cases, int features, int threads)
    {
        var examples = new Example?[cases.Count];
        var next = -1;
        WorkerThreads.Run(Math.Min(threads, Math.Max(1, cases.Count)), _ =>
        {
            var finder = new CandidateFinder(sources);
            for (var i = Interlocked.Increment(ref next); i < cases.Count; i = Interlocked.Increment(ref next))
            {
                var candidates = finder.Find(cases[i].Context);
                var bought = new List<int>();
                for (var candidate = 0; candidate < candidates.Count; candidate++)
                {
                    if (cases[i].Bought.Contains(candidates[candidate]))
                    {
                        bought.Add(candidate);
                    }
                }

                if (bought.Count > 0)
                {
                    var example = examples[i] = new(new float[candidates.Count * features], features, [.. bought]);
                    for (var candidate = 0; candidate < candidates.Count; candidate++)
                    {
                        finder.Describe(candidates[candidate], example.Of(candidate));
                    }
                }
            }
        });
        return [.. examples.OfType<Example>()];
    }

    /// <summary>Scales the features in place.</summary>
    private static (float[] Mean, float[] Scale) Standardise(List<Example> examples, int features)
    {
        var (sum, squares, count) = (new double[features], new double[features], 0L);
        foreach (var example in examples)
        {
            count += example.Candidates;
            for (var candidate = 0; candidate < example.Candidates; candidate++)
            {
                var described = example.Of(candidate);
                for (var i = 0; i < features; i++)
                {
                    sum[i] += described[i];
                    squares[i] += (double)described[i] * described[i];
                }
            }
        }

        var mean = Array.ConvertAll(sum, total => (float)(total / count));
        var scale = squares.Select((total, i) => (total / count) - ((double)mean[i] * mean[i])).Select(variance => variance > 1e-9 ? (float)(1 / Math.Sqrt(variance)) : 0).ToArray();
        foreach (var example in examples)
        {
            for (var candidate = 0; candidate < example.Candidates; candidate++)
            {
                RankingModel.Scale(example.Of(candidate), mean, scale, example.Of(candidate));
            }
        }

        return (mean, scale);
    }

    private static float[] Train(List<Example> examples, int features, ulong seed)
    {
        var network = Start(features, seed);
        var (gradient, first, second) = (new float[network.Length], new float[network.Length], new float[network.Length]);
        var steps = 0;
        for (var epoch = 0; epoch < Epochs; epoch++)
        {
            var rate = LearningRate * (1 - ((float)epoch / Epochs));
            foreach (var batch in Enumerable.Range(0, examples.Count).OrderBy(i => Mix(seed, (ulong)((epoch * examples.Count) + i))).Chunk(BatchSize))
            {
                Array.Clear(gradient);
                foreach (var example in batch)
                {
                    AddGradient(network, examples[example], gradient);
                }

                steps++;
                var (firstBias, secondBias) = (1 - MathF.Pow(0.9f, steps), 1 - MathF.Pow(0.999f, steps));
                for (var i = 0; i < network.Length; i++)
                {
                    var slope = (gradient[i] / batch.Length) + (Decay * network[i]);
                    first[i] = (0.9f * first[i]) + (0.1f * slope);
                    second[i] = (0.999f * second[i]) + (0.001f * slope * slope);
                    network[i] -= rate * (first[i] / firstBias) / (MathF.Sqrt(second[i] / secondBias) + 1e-8f);
                }
            }
        }

        return network;
    }

    private static void AddGradient(float[] network, Example example, float[] gradient)
    {
        const float Negligible = 1e-5f;
        var (scores, units) = (new float[example.Candidates], new Vector512<float>[example.Candidates]);
        for (var candidate = 0; candidate < scores.Length; candidate++)
        {
            scores[candidate] = RankingNetwork.Score(network, example.Of(candidate), out units[candidate]);
        }

        var slopes = Softmax(scores);
        foreach (var bought in example.Bought)
        {
            slopes[bought] -= 1f / example.Bought.Length;
        }

        for (var candidate = 0; candidate < scores.Length; candidate++)
        {
            if (Math.Abs(slopes[candidate]) >= Negligible)
            {
                RankingNetwork.AddGradient(gradient, network, example.Of(candidate), units[candidate], slopes[candidate]);
            }
        }
    }

    private static float[] Softmax(float[] scores)
    {
        var highest = scores.Max();
        var shares = Array.ConvertAll(scores, score => MathF.Exp(score - highest));
        var sum = shares.Sum();
        return Array.ConvertAll(shares, share => share / sum);
    }

    /// <summary>Small numbers for the hidden units, to tell them apart; none for their biases and the linear part.</summary>
    private static float[] Start(int features, ulong seed)
    {
        var network = new float[RankingNetwork.Length(features)];
        Fill(0, features, 1 / MathF.Sqrt(features));
        Fill(features + 1, 1, 0.3f / MathF.Sqrt(RankingNetwork.Hidden));
        return network;

        void Fill(int row, int rows, float spread)
        {
            for (var i = row * RankingNetwork.Hidden; i < (row + rows) * RankingNetwork.Hidden; i++)
            {
                network[i] = spread * (((Mix(~seed, (ulong)i) >> 40) / (float)(1 << 23)) - 1);
            }
        }
    }

    /// <summary>SplitMix64's mixing function.</summary>
    private static ulong Mix(ulong seed, ulong place)
    {
        var z = (seed * 0xD1342543DE82EF95) + (place * 0x9E3779B97F4A7C15);
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <param name="Described">The features of all candidates, <paramref name="Features"/> each.</param>
    /// <param name="Bought">Places among the candidates.</param>
    private sealed record Example(float[] Described, int Features, int[] Bought)
    {
        public int Candidates => Described.Length / Features;

        public Span<float> Of(int candidate) => Described.AsSpan(candidate * Features, Features);
    }
}
