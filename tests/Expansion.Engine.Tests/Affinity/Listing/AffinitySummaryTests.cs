using Expansion.Engine.Affinity;
using Expansion.Engine.Affinity.Listing;

namespace Expansion.Engine.Tests.Affinity.Listing;

public sealed class AffinitySummaryTests
{
    [Fact]
    public void Of_LowerThresholdIsSound_OffersIt()
    {
        var summary = AffinitySummary.Of(GivenPairs.Of(
            [GivenPairs.Pair("a", "b", 60), GivenPairs.Pair("a", "c", 25), GivenPairs.Pair("c", "d", 20) with { Seasonal = true }, GivenPairs.Pair("d", "e", 19) with { Q = 0.06 }],
            GivenPairs.Decision("x", "y", PairVerdict.Rejected)));

        Assert.Equal((1, 2, 4, 3, 1), (summary.Actionable, summary.ActionableProducts, summary.Kept, summary.Sound, summary.Seasonal));
        Assert.Equal((0.02, 2, 3), (summary.LowestSoundSupport, summary.ActionableAtLowest, summary.ProductsAtLowest));
        Assert.Equal(1, summary.Decided["rejected"]);
        Assert.Equal("The lowest support that is still sound is 2.000 %: with it 2 pairs of 3 products would pass.", summary.Words[^1]);
    }

    [Fact]
    public void Of_RareSoundPairBelowMuchLuck_IsNotReached()
    {
        var luck = Enumerable.Range(0, 20).Select(index => GivenPairs.Pair("x", $"y{index}", 30) with { Q = 0.5 });

        var summary = AffinitySummary.Of(GivenPairs.Of([GivenPairs.Pair("a", "b", 60), .. luck, GivenPairs.Pair("c", "d", 10)]));

        Assert.Equal((0.06, 1), (summary.LowestSoundSupport, summary.ActionableAtLowest));
        Assert.Equal("Lower than 6.000 % no threshold would be sound: leave it as it is, or raise it to that.", summary.Words[^1]);
    }

    [Fact]
    public void Of_NothingSound_SaysSo()
    {
        var summary = AffinitySummary.Of(GivenPairs.Of([GivenPairs.Pair("a", "b", 60) with { Q = 0.3 }]));

        Assert.Null(summary.LowestSoundSupport);
        Assert.Equal("No lower threshold would be sound: there are too few orders yet.", summary.Words[^1]);
    }
}
