using Expansion.Engine.Affinity;
using Expansion.Engine.Recommendations;

namespace Expansion.Engine.Tests.Recommendations;

public sealed class AffinityRecommenderTests
{
    private static readonly AffinityGeneration Generation = new("g", default, default, default, Baskets: 1000, Products: 5, Pairs: 3)
    {
        Bestsellers = [new(new("mug"), "Mug", 300), new(new("beans"), "Beans", 200), new(new("filter"), "Filter", 100)],
    };

    private static readonly Dictionary<Sku, ProductAffinity> Affinities = new()
    {
        [new("beans")] = new(new("beans"), "Beans", 200, [Sound("grinder", "Grinder", 50, 40), new(new("mug"), "Mug", 300, 30)]),
        [new("filter")] = new(new("filter"), "Filter", 100, [Sound("grinder", "Grinder", 50, 10), Sound("kettle", "Kettle", 20, 15)]),
    };

    private static Partner Sound(string sku, string title, long baskets, long both) => new(new(sku), title, baskets, both) { Q = 0.001 };

    private static IReadOnlyList<Recommendation> Recommend(int limit, params string[] context) =>
        AffinityRecommender.Recommend(Generation, [.. context.Select(sku => new Sku(sku))], Affinities, month: 7, limit);

    [Fact]
    public void Recommend_TwoProductsLeadToOne_TheBestRuleScores()
    {
        var picks = Recommend(2, "beans", "filter");

        Assert.Equal(["grinder", "kettle"], picks.Select(pick => pick.Sku.Value));
        Assert.Equal(0.2, picks[0].Score, 12);
        Assert.Equal(["beans", "filter"], picks[0].Because.Select(rule => rule.Product.Value));
    }

    [Fact]
    public void Recommend_AnyContext_NeverHoldsAProductOfTheContext()
    {
        var picks = Recommend(10, "beans", "grinder", "mug");

        Assert.Equal(["filter"], picks.Select(pick => pick.Sku.Value));
    }

    [Fact]
    public void Recommend_PairThatMayBeLuck_IsLeftToTheBestsellers()
    {
        // Beans and mug: 30 together, 60 expected, and never called sound.
        var pick = Assert.Single(Recommend(10, "beans"), pick => pick.Sku == new Sku("mug"));

        Assert.Equal(RecommendationSource.Bestseller, pick.Source);
    }

    [Fact]
    public void Recommend_UnknownProduct_BestsellersFillTheShelfAndSaySo()
    {
        var picks = Recommend(2, "unheard-of");

        Assert.Equal(["mug", "beans"], picks.Select(pick => pick.Sku.Value));
        Assert.All(picks, pick => Assert.Equal(RecommendationSource.Bestseller, pick.Source));
        Assert.Equal("A bestseller, in 30.0 % of all orders, to fill the shelf: nothing more is known to go with these products.", picks[0].Reason);
    }

    [Fact]
    public void Recommend_PairThatSomebodyRejected_IsNeverShown()
    {
        var affinities = new Dictionary<Sku, ProductAffinity> { [new("beans")] = Affinities[new("beans")].With(new(new("grinder"), null, 0, 0), PairVerdict.Rejected) };

        Assert.DoesNotContain(AffinityRecommender.Recommend(Generation, [new("beans")], affinities, month: 7, limit: 10), pick => pick.Sku == new Sku("grinder"));
    }

    [Fact]
    public void Recommend_PairMadeByHandAndPinned_ComesFirstAndSaysSo()
    {
        var affinities = new Dictionary<Sku, ProductAffinity> { [new("beans")] = Affinities[new("beans")].With(new(new("poster"), "Poster", 0, 0), PairVerdict.Pinned) };

        var pick = AffinityRecommender.Recommend(Generation, [new("beans")], affinities, month: 7, limit: 10)[0];

        Assert.Equal((new Sku("poster"), "Chosen by hand to go with Beans."), (pick.Sku, pick.Reason));
    }

    [Theory]
    [InlineData(12, true)]
    [InlineData(7, false)]
    public void Recommend_PairThatLivesOnASeason_IsShownInItsMonthsOnly(int month, bool shown)
    {
        var seasonal = Sound("star", "Star", 50, 40) with { OnlyInMonths = [11, 12] };
        var affinities = new Dictionary<Sku, ProductAffinity> { [new("beans")] = new(new("beans"), "Beans", 200, [seasonal]) };

        Assert.Equal(shown, AffinityRecommender.Recommend(Generation, [new("beans")], affinities, month, limit: 1)[0].Sku == new Sku("star"));
    }

    [Fact]
    public void Recommend_OneRule_EveryMeasureIsGivenAndTheReasonIsASentence()
    {
        var pick = Recommend(1, "beans").Single();

        var rule = Assert.Single(pick.Because);
        Assert.Equal((0.04, 0.2, 0.8, 4.0), (rule.Support, rule.Confidence, rule.ConfidenceBack, rule.Lift));
        Assert.Equal("40 of the 200 orders with Beans also hold it (20 %), 4.0 times as often as by chance.", pick.Reason);
    }
}
