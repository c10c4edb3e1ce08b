using Expansion.Engine.Affinity;

namespace Expansion.Engine.Tests.Affinity;

public sealed class AffinityScoreTests
{
    [Fact]
    public void Measures_GroceriesMilkAndYogurt_EqualThePublishedOnes()
    {
        const long baskets = 9835, milk = 2513, yogurt = 1372, both = 551;

        Assert.Equal(0.0560244026436197, AffinityScore.Support(both, baskets), 12);
        Assert.Equal(551.0 / 2513, AffinityScore.Confidence(both, milk), 12);
        Assert.Equal(1.57173514, AffinityScore.Lift(both, milk, yogurt, baskets), 7);
    }

    [Fact]
    public void Measures_NothingEverBought_AreZero()
    {
        Assert.Equal(0, AffinityScore.Support(0, 0));
        Assert.Equal(0, AffinityScore.Confidence(0, 0));
        Assert.Equal(0, AffinityScore.Lift(0, 0, 5, 10));
    }
}
