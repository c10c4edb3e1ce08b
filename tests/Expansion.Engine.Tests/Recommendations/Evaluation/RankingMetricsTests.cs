using Expansion.Engine.Recommendations.Evaluation;

namespace Expansion.Engine.Tests.Recommendations.Evaluation;

public sealed class RankingMetricsTests
{
    [Fact]
    public void Means_ThreeCases_EqualTheHandWorkedOnes()
    {
        var metrics = new RankingMetrics();
        metrics.Add(Skus("a", "b", "c"), Skus("b", "d").ToHashSet());
        metrics.Add(Skus("x"), Skus("x").ToHashSet());
        metrics.Add([], Skus("y").ToHashSet());

        // The first case finds one of two targets in second place: (1 / log2 3) of (1 + 1 / log2 3).
        const double FirstGain = 0.38685280723454163;
        Assert.Equal(3, metrics.Cases);
        Assert.Equal([1 / 3.0, 2 / 3.0, 2 / 3.0], RankingMetrics.Cutoffs.Select(metrics.HitRate));
        Assert.Equal([1 / 3.0, 0.5, 0.5], RankingMetrics.Cutoffs.Select(metrics.Mrr));
        Assert.Equal(1 / 3.0, metrics.Ndcg(1), 1e-12);
        Assert.Equal((1 + FirstGain) / 3, metrics.Ndcg(5), 1e-12);
        Assert.Equal([1 / 3.0, 0.5, 0.5], RankingMetrics.Cutoffs.Select(metrics.Recall));
        Assert.Equal([2 / 8.0, 4 / 8.0, 4 / 8.0], RankingMetrics.Cutoffs.Select(k => metrics.Coverage(k, 8)));
    }

    [Fact]
    public void Add_TargetBehindTheCutoff_CountsForTheLargerCutoffOnly()
    {
        var metrics = new RankingMetrics();
        metrics.Add(Skus("a", "b", "c", "d", "e", "f"), Skus("f").ToHashSet());

        Assert.Equal(0, metrics.HitRate(5));
        Assert.Equal(1, metrics.HitRate(10));
        Assert.Equal(1 / 6.0, metrics.Mrr(10), 1e-12);
        Assert.Equal(1 / Math.Log2(7), metrics.Ndcg(10), 1e-12);
    }

    [Fact]
    public void Ndcg_MoreTargetsThanPlaces_IsOneWhenEveryPlaceHitsAndKnownForCutoffsOnly()
    {
        var metrics = new RankingMetrics();
        metrics.Add(Skus("a"), Skus("a", "b", "c").ToHashSet());

        Assert.Equal(1, metrics.Ndcg(1), 1e-12);
        Assert.Equal(1 / 3.0, metrics.Recall(1), 1e-12);
        Assert.Throws<ArgumentOutOfRangeException>(() => metrics.Ndcg(7));
    }

    [Fact]
    public void Means_NoCase_AreZero()
    {
        var metrics = new RankingMetrics();

        Assert.Equal(0, metrics.Ndcg(10));
        Assert.Equal(0, metrics.Coverage(10, 0));
    }

    private static List<Sku> Skus(params string[] skus) => [.. skus.Select(sku => new Sku(sku))];
}
