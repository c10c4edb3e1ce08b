using Expansion.Engine.Samples;

namespace Expansion.Engine.Tests.Samples;

public sealed class SampleCatalogueTests
{
    private static readonly IReadOnlyList<SampleProduct> Products = SampleCatalogue.Products;

    [Fact]
    public void Products_All_AreSome120WithSkusAndTitlesOfTheirOwn()
    {
        Assert.InRange(Products.Count, 110, 130);
        Assert.Equal(Products.Count, Products.DistinctBy(product => product.Sku).Count());
        Assert.Equal(Products.Count, Products.DistinctBy(product => product.Title).Count());
        Assert.Contains(Products, product => product.Title == "Café crème bowl");
    }

    [Fact]
    public void Products_All_CostBetween35And60PercentOfTheirPrice() =>
        Assert.All(Products, product => Assert.InRange(product.Cost / product.Price, 0.35m, 0.60m));

    [Fact]
    public void Products_All_HaveEverythingAMerchantFillsIn() => Assert.All(Products, product =>
    {
        Assert.NotEmpty(product.Type);
        Assert.NotEmpty(product.Brand);
        Assert.NotEmpty(product.Vendor);
        Assert.All(product.Tags, Assert.NotEmpty);
        Assert.True(product.Price % 1 is 0m or 0.90m);
    });

    [Fact]
    public void Ladders_EachStep_IsDearerThanTheOneBelow()
    {
        var ladders = Products.Where(product => product.Tier is not null).GroupBy(product => product.Tier!.Ladder).ToArray();

        Assert.Contains(ladders, ladder => ladder.Key == "Hand Grinder" && ladder.Count() == 3);
        Assert.All(ladders, ladder =>
        {
            var steps = ladder.OrderBy(product => product.Tier!.Step).ToArray();
            Assert.Equal(Enumerable.Range(1, steps.Length), steps.Select(product => product.Tier!.Step));
            Assert.True(steps.Length > 1);
            Assert.Equal(steps.Select(product => product.Price).Order(), steps.Select(product => product.Price));
        });
    }

    /// <summary>A chain or a second target would plant pairs that the truth does not list.</summary>
    [Fact]
    public void SameBasket_EachSource_HasOneTargetAndIsNone()
    {
        var pairs = SampleTruth.Planted.SameBasket;

        Assert.Equal(pairs.Count, pairs.DistinctBy(pair => pair.A).Count());
        Assert.Empty(pairs.Select(pair => pair.A).Intersect(pairs.Select(pair => pair.B)));
        Assert.All(
            pairs.SelectMany(pair => new[] { pair.A, pair.B }).Concat(SampleTruth.Planted.Later.SelectMany(pair => new[] { pair.First, pair.Then })),
            sku => Assert.Contains(Products, product => product.Sku == sku));
    }
}
