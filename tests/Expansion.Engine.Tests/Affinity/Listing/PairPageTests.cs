using CsCheck;
using Expansion.Engine.Affinity;
using Expansion.Engine.Affinity.Listing;
using Expansion.Engine.Affinity.Season;
using Expansion.Engine.Recommendations;

namespace Expansion.Engine.Tests.Affinity.Listing;

public sealed class PairPageTests
{
    private static readonly ShopPairs Shop = GivenPairs.Of(
        [
            GivenPairs.Pair("a", "b", 60),
            GivenPairs.Pair("a", "c", 40) with { Trend = TrendDirection.Rising, ShrunkenLift = 3 },
            GivenPairs.Pair("b", "c", 20) with { Q = 0.2, ShrunkenLift = 0.9 },
            GivenPairs.Pair("c", "d", 50) with { Seasonal = true, SeasonMonths = [11], PriceRatio = 0.1 },
        ],
        GivenPairs.Decision("a", "c", PairVerdict.Rejected), GivenPairs.Decision("new", "old", PairVerdict.Pinned));

    public static TheoryData<PairFilter, string> Filters => new()
    {
        { new(), "ac ab cd bc newold" },
        { new() { Product = new("c") }, "ac cd bc" },
        { new() { MinSupport = 0.05 }, "ab cd" },
        { new() { MinCount = 40, MinLift = 5 }, "ac ab cd" },
        { new() { MinLift = 7.51 }, "" },
        { new() { MaxQ = 0.05 }, "ac ab cd" },
        { new() { Seasonal = true }, "cd" },
        { new() { Seasonal = false }, "ac ab bc" },
        { new() { Trend = TrendDirection.Rising }, "ac" },
        { new() { Touchpoint = Touchpoint.CartPage }, "cd" },
        { new() { Verdict = PairVerdict.Pinned }, "newold" },
        { new() { Verdict = PairVerdict.Approved }, "" },
        { new() { Decided = false }, "ab cd bc" },
        { new() { Actionable = true }, "ab newold" },
        { new() { Actionable = false }, "ac cd bc" },
    };

    [Theory]
    [MemberData(nameof(Filters))]
    public void Of_Filter_ThosePairsBestFirst(PairFilter filter, string expected)
    {
        var page = PairPage.Of(Shop, filter, new("shrunken_lift"), null, 10);

        Assert.Equal(expected, string.Join(' ', page.Items.Select(pair => $"{pair.A}{pair.B}")));
        Assert.Equal((page.Items.Count, false), (page.Total, page.More));
    }

    [Theory]
    [InlineData("count", null, "ab cd ac bc newold")]
    [InlineData("count", false, "newold bc ac cd ab")]
    [InlineData("q", null, "newold ab ac cd bc")]
    [InlineData("confidence", null, "ab cd ac bc newold")]
    public void Of_Sort_BestFirstUnlessAskedOtherwise(string sort, bool? descending, string expected) =>
        Assert.Equal(expected, string.Join(' ', PairPage.Of(Shop, new(), new(sort, descending), null, 10).Items.Select(pair => $"{pair.A}{pair.B}")));

    [Fact]
    public void Of_PageByPage_EveryPairOnceInOrder() => Gen.Select(Gen.Int[0, 3].Array[1, 40], Gen.Int[1, 7], Gen.Int[0, PairSort.Names.Count - 1].Select(PairSort.Names.ElementAt)).Sample((counts, size, sort) =>
    {
        var shop = GivenPairs.Of([.. counts.Select((both, index) => GivenPairs.Pair($"a{index % 7}", $"b{index}", both))]);
        var whole = PairPage.Of(shop, new(), new(sort), null, 1000).Items;

        var paged = new List<ListedPair>();
        PairPage page;
        do
        {
            page = PairPage.Of(shop, new(), new(sort), paged.Count == 0 ? null : (paged[^1].A, paged[^1].B), size);
            Assert.Equal(counts.Length, page.Total);
            paged.AddRange(page.Items);
        }
        while (page.More);

        Assert.Equal(whole, paged);
    }, iter: 200);

    [Fact]
    public void Of_LastPairWithdrawnMeanwhile_GoesOnAtItsPlace()
    {
        var page = PairPage.Of(GivenPairs.Of([GivenPairs.Pair("a", "b", 60)], GivenPairs.Decision("x", "y", PairVerdict.Pinned)), new(), new("count"), (new("new"), new("old")), 10);

        Assert.Equal(["x"], page.Items.Select(pair => pair.A.Value));
    }

    [Fact]
    public void Find_NamedInEitherOrder_IsThePair()
    {
        Assert.Equal(40, Shop.Find(new("c"), new("a"))?.Scored?.Pair.Both);
        Assert.Equal(PairVerdict.Pinned, Shop.Find(new("old"), new("new"))?.Decision?.Verdict);
        Assert.Null(Shop.Find(new("a"), new("d")));
    }
}
