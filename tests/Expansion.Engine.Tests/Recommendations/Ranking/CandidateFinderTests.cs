using Expansion.Engine.Recommendations;
using Expansion.Engine.Recommendations.Content;
using Expansion.Engine.Recommendations.Ranking;
using Expansion.Engine.Recommendations.Training;

namespace Expansion.Engine.Tests.Recommendations.Ranking;

public sealed class CandidateFinderTests
{
    [Fact]
    public void Find_TwoProductsLeadToAThird_KeepsTheStrongerWordBesideTheSum()
    {
        var orders = Small.Baskets([.. Enumerable.Repeat("ac", 6), .. Enumerable.Repeat("bc", 6), .. Enumerable.Repeat("b", 6)]);
        var (a, b, c) = (0, 1, 2);
        var finder = new CandidateFinder(ModelSources.Fit(orders, Descriptions.Of(orders.Skus, [null, null, null], 20, 1), [a, b, c], 1));

        finder.Find(new(RecommendationTask.Basket, [a, b], [], 0));

        Assert.Equal(1, finder.Signals[CandidateFeatures.Confidence][c], 5);
        Assert.Equal(1.5, finder.Signals[CandidateFeatures.ConfidenceSum][c], 5);
        Assert.InRange(finder.Signals[CandidateFeatures.BasketsBest][c], 0.01f, finder.Signals[CandidateFeatures.Baskets][c] * 0.99f);
    }
}
