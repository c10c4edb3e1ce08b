using Expansion.Engine;
using Expansion.Engine.Affinity.Mining;
using Expansion.Engine.Recommendations;
using Expansion.Engine.Recommendations.Evaluation;

namespace Expansion.Cli.Verbs.Evaluate;

/// <param name="Source">Null for all sources together.</param>
internal sealed record SourceScores(RecommendationSource? Source, RankingMetrics Metrics, IReadOnlyList<IReadOnlyList<Sku>> Ranked)
{
    private const int Threads = 2;

    /// <summary>Null first: the hybrid, then each source alone.</summary>
    public static readonly IReadOnlyList<RecommendationSource?> Sources =
        [null, RecommendationSource.Collaborative, RecommendationSource.Affinity, RecommendationSource.Habit, RecommendationSource.Content, RecommendationSource.Bestseller];

    public static string Name(RecommendationSource? source) => source switch
    {
        null => "hybrid",
        RecommendationSource.Bestseller => "popular",
        { } alone => alone.ToString().ToLowerInvariant(),
    };

    /// <param name="answered">Called after every case, by several threads.</param>
    public static SourceScores Of(RecommendationModel model, RecommendationSource? source, IReadOnlyList<EvaluationCase> cases, Action answered)
    {
        var ranked = new IReadOnlyList<Sku>[cases.Count];
        var next = -1;
        WorkerThreads.Run(Threads, _ =>
        {
            for (var i = Interlocked.Increment(ref next); i < cases.Count; i = Interlocked.Increment(ref next))
            {
                ranked[i] = [.. model.Recommend(cases[i].Request with { Only = source }).Select(pick => pick.Sku)];
                answered();
            }
        });
        var metrics = new RankingMetrics();
        for (var i = 0; i < cases.Count; i++)
        {
            metrics.Add(ranked[i], cases[i].Targets);
        }

        return new(source, metrics, ranked);
    }
}
