using Expansion.Engine.Recommendations.Content;
using Expansion.Engine.Recommendations.Training;

namespace Expansion.Engine.Tests.Recommendations.Content;

public sealed class DescriptionsTests
{
    [Fact]
    public void Of_TitlesShareWords_PointToTheMoreAlikeFirst()
    {
        var alike = Of(("1", "red tea cup"), ("2", "red tea pot"), ("3", "red lamp"), ("4", null)).Alike;

        Assert.Equal([1, 2], alike.Of(0).ToArray().Select(neighbour => neighbour.Item));
        Assert.True(alike.Of(3).IsEmpty);
    }

    [Fact]
    public void Of_SameTitle_IsACosineOfOne() => Assert.Equal(1, Of(("1", "blue cup"), ("2", "Blue Cup!")).Alike.Weight(0, 1), 5);

    [Fact]
    public void Of_SkusThatBeginAlike_AreAFamilyWithoutAnyTitle()
    {
        Assert.Equal([[0, 1], [0, 1, 2]], Of(("85099B", null), ("85099C", null), ("85098A", null), ("A", null)).Families.OrderBy(family => family.Length));
    }

    [Fact]
    public void Of_WordOfHundredsOfProducts_IsNoFamily()
    {
        var families = Of([.. Enumerable.Range(0, 200).Select(number => ($"{number}", (string?)(number < 2 ? "gift cup" : "gift")))]).Families;

        Assert.Equal([[0, 1], [0, 1]], families);
    }

    private static Descriptions Of(params (string Sku, string? Title)[] products) => Descriptions.Of(
        [.. products.Select(product => new Sku(product.Sku))],
        [.. products.Select(product => product.Title is { } title ? new CatalogueProduct(new(product.Sku)) { Title = title } : null)], most: 10, threads: 2);
}
