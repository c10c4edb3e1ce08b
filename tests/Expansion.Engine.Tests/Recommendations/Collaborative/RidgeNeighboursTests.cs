using Expansion.Engine.Recommendations.Collaborative;
using MathNet.Numerics.LinearAlgebra.Single;

namespace Expansion.Engine.Tests.Recommendations.Collaborative;

public sealed class RidgeNeighboursTests
{
    private const int A = 0;
    private const int B = 1;
    private const int C = 2;

    /// <summary>a is in 3 baskets, b in 4, c in 2; ab in 2, ac and bc in 1.</summary>
    private static readonly string[] Baskets = ["ab", "ab", "ac", "bc", "b"];

    [Fact]
    public void Of_AllProductsExplain_IsTheClosedFormOfEase()
    {
        const float Lambda = 2;
        const float Dropout = 0.1f;
        var inverse = DenseMatrix.OfArray(new[,]
        {
            { 3 + (Dropout * 3) + Lambda, 2, 1 },
            { 2, 4 + (Dropout * 4) + Lambda, 1 },
            { 1, 1, 2 + (Dropout * 2) + Lambda },
        }).Inverse();

        var neighbours = RidgeNeighbours.Of(Counts(Baskets), Lambda, predictors: 2, most: 2, threads: 2);

        foreach (var from in new[] { A, B, C })
        {
            foreach (var to in new[] { A, B, C }.Where(to => to != from))
            {
                Assert.Equal(-inverse[from, to] / inverse[to, to], neighbours.Weight(from, to), 5);
            }
        }
    }

    [Fact]
    public void Of_OnePredictor_IsTheSlopeOfTheStrongest()
    {
        // c is explained by a alone (ties go to the lower number): 1 / (1.1 · 3 + 1); a by b: 2 / (1.1 · 4 + 1).
        var neighbours = RidgeNeighbours.Of(Counts(Baskets), lambda: 1, predictors: 1, most: 3, threads: 1);

        Assert.Equal(1 / 4.3f, neighbours.Weight(A, C), 5);
        Assert.Equal(2 / 5.4f, neighbours.Weight(B, A), 5);
        Assert.Equal(0, neighbours.Weight(B, C));
    }

    [Fact]
    public void Of_ProductBoughtAlone_LeadsNowhere()
    {
        var neighbours = RidgeNeighbours.Of(Counts("a", "bc"), lambda: 1, predictors: 5, most: 5, threads: 1);

        Assert.True(neighbours.Of(A).IsEmpty);
        Assert.False(neighbours.Of(B).IsEmpty);
    }

    [Fact]
    public void Of_FamilyOfProductsNeverBoughtTogether_LeadsFromOneToTheOther()
    {
        var baskets = Incidence.OfBaskets(Small.Baskets("ax", "bx", "ax"), 0, double.PositiveInfinity);
        var without = RidgeNeighbours.Of(Gram.Of(baskets, 1000, 1), 1, 10, 10, 1);
        var with = RidgeNeighbours.Of(Gram.Of(baskets.With([[A, B]], weight: 1, size: 0), 1000, 1), 1, 10, 10, 1);

        Assert.Equal(0, without.Weight(A, B));
        Assert.True(with.Weight(A, B) > 0);
    }

    private static Gram Counts(params string[] baskets) => Gram.Of(Incidence.OfBaskets(Small.Baskets(baskets), 0, double.PositiveInfinity), 1000, 1);
}
