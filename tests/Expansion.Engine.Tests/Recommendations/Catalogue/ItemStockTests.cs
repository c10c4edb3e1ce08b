using Expansion.Engine.Recommendations.Catalogue;

namespace Expansion.Engine.Tests.Recommendations.Catalogue;

public sealed class ItemStockTests
{
    [Theory]
    [InlineData(1, 5, 0, 0L)]
    [InlineData(1, null, 3, 3L)]
    [InlineData(2, 5, 0, null)]
    [InlineData(2, 0, 3, 3L)]
    [InlineData(2, null, 3, null)]
    public void Total_OneLocationHasTold_IsTheStockWhereThereIsNoOtherAndElseTheLeastThereIs(int locations, int? known, int level, long? expected) =>
        Assert.Equal(expected, new ItemStock(new("A"), new Dictionary<string, long> { ["1"] = level }, locations).Total(known));

    [Fact]
    public void Total_EveryLocationHasTold_IsTheSum() =>
        Assert.Equal(1, new ItemStock(new("A"), new Dictionary<string, long> { ["1"] = 3, ["2"] = -2 }, 2).Total(9));
}
