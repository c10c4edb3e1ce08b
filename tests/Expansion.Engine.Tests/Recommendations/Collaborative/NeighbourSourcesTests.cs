using Expansion.Engine.Recommendations.Collaborative;

namespace Expansion.Engine.Tests.Recommendations.Collaborative;

public sealed class NeighbourSourcesTests
{
    private const int A = 0;
    private const int B = 1;
    private const int C = 2;

    [Fact]
    public void Confidence_PairOftenEnough_IsTheShareOfBasketsThatHoldBoth()
    {
        var counts = Gram.Of(Incidence.OfBaskets(Small.Baskets("ab", "ab", "ac", "b"), 0, double.PositiveInfinity), 1000, 2);

        var neighbours = ConfidenceNeighbours.Of(counts, minCount: 2, most: 10, threads: 2);

        Assert.Equal(2 / 3f, neighbours.Weight(A, B), 6);
        Assert.Equal(2 / 3f, neighbours.Weight(B, A), 6);
        Assert.Equal(0, neighbours.Weight(A, C));
    }

    [Theory]
    [InlineData(0, 0.5f, 0.5f)]
    [InlineData(1, 1 / 3f, 1f)]
    public void Walk_TwoPartners_IsTheChanceOfThreeStepsOverTheOthersPopularity(double beta, float toB, float toC)
    {
        // Two baskets of two and one of one; by halves a weighs 1, b 1.5 (alone once), c 0.5.
        var even = Gram.Of(Incidence.OfBaskets(Small.Baskets("ab", "ac", "b"), 1, double.PositiveInfinity), 1000, 1);

        var neighbours = WalkNeighbours.Of(even, alpha: 1, beta, most: 10, threads: 1);

        Assert.Equal(toB, neighbours.Weight(A, B), 5);
        Assert.Equal(toC, neighbours.Weight(A, C), 5);
    }

    [Fact]
    public void OfBaskets_HalfLife_HalvesAnOlderBasket()
    {
        var gram = Gram.Of(Incidence.OfBaskets(Small.Orders((null, 0, "ab"), (null, 30, "ac")), 0.5, 30), 1000, 1);

        Assert.Equal(0.5f / MathF.Sqrt(2), gram.Together.Of(A).ToArray().Single(other => other.Item == B).Weight, 5);
        Assert.Equal(1 / MathF.Sqrt(2), gram.Together.Of(A).ToArray().Single(other => other.Item == C).Weight, 5);
    }

    [Fact]
    public void OfCustomers_TwoOrdersOfOne_AreOneRow()
    {
        var incidence = Incidence.OfCustomers(Small.Orders(("anna", 1, "ab"), ("anna", 2, "ac"), (null, 3, "a")), size: 1);

        Assert.Equal(2, incidence.Rows);
        Assert.Equal([A, B, C], incidence.Row(0).ToArray());
        Assert.Equal([1 / 3f, 1f], incidence.RowWeights);
    }

    [Fact]
    public void Typical_RowsOfDifferentWeight_IsTheMeanOverProductsThatAreHeld()
    {
        // a weighs ½ + 1, b ½.
        Assert.Equal(1, Incidence.OfBaskets(Small.Baskets("ab", "a"), 1, double.PositiveInfinity).Typical, 6);
        Assert.Equal(0, Incidence.OfBaskets(Small.Baskets(), 1, double.PositiveInfinity).Typical);
    }
}
