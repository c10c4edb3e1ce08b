using Expansion.Engine.Experiments.Sequential;

namespace Expansion.Engine.Tests.Experiments.Sequential;

public sealed class ExactBoundaryTests
{
    /// <summary>Jennison and Turnbull, Group Sequential Methods, 2000, tables 2.1 and 2.3.</summary>
    [Theory]
    [InlineData(BoundaryFamily.Pocock, 2, 2.178)]
    [InlineData(BoundaryFamily.Pocock, 10, 2.555)]
    [InlineData(BoundaryFamily.OBrienFleming, 2, 1.977)]
    [InlineData(BoundaryFamily.OBrienFleming, 10, 2.087)]
    public void GroupBounds_EqualSteps_MeetsThePublishedConstants(BoundaryFamily family, int looks, double expected) =>
        Assert.Equal(expected, GroupBounds.Of(Steps(looks), family).Constant!.Value, 0.001);

    [Fact]
    public void GroupBounds_OneLook_IsTheFixedTest() => Assert.Equal(1.95996, GroupBounds.Of([1], BoundaryFamily.WangTsiatis).Constant!.Value, 5);

    /// <summary>What the boundary on ticks promises for fewer looks than its 128, which would take seconds here.</summary>
    [Fact]
    public void OnTicks_ThirtyFourLooks_KeepsTheError() =>
        Assert.True(PlannedBoundary.Of().OnTicks.C > GroupBounds.Of(Steps(34), BoundaryFamily.WangTsiatis).Constant);

    [Theory]
    [InlineData(0.5, 0.5)]
    [InlineData(0, 1)]
    [InlineData(0.5, 1.1)]
    public void GroupBounds_SharesThatDoNotRise_AreRefused(double first, double second) =>
        Assert.Throws<ArgumentException>(() => GroupBounds.Of([first, second], BoundaryFamily.Pocock));

    /// <summary>Two conversions, first look at the second: |D| = 2 has probability 1/2, so no error below that can be spent and c √2 must exceed 2.</summary>
    [Fact]
    public void LabelPlan_TwoConversions_CannotReject()
    {
        var plan = LabelPlan.Of(2, 2, 0.2);

        Assert.Equal(1.4143, plan.C);
        Assert.Equal(0, plan.ExactType1);
        Assert.Equal(2, plan.ExpectedConversionsNull);
    }

    /// <summary>With one conversion and an even prior E = B(κ/2 + 1, κ/2)/(B(κ/2, κ/2) · 1/2) = 1: a single label says nothing.</summary>
    [Fact]
    public void LabelTest_OneConversion_IsNoEvidence()
    {
        var look = new LabelTest(1, 1, 0.1).Run([(0, 1)]).Looks[0];

        Assert.Equal(0, look.LogE, 9);
        Assert.Null(look.LiftCi.High);
    }

    private static double[] Steps(int looks) => [.. Enumerable.Range(1, looks).Select(i => (double)i / looks)];
}
