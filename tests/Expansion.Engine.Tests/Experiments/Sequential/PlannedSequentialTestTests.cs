using CsCheck;
using Expansion.Engine.Experiments.Sequential;
using Expansion.Engine.Experiments.Statistics;

namespace Expansion.Engine.Tests.Experiments.Sequential;

public sealed class PlannedSequentialTestTests
{
    [Theory]
    [InlineData(0.1, 2.115, 1.568)]
    [InlineData(0.05, 2.384, 1.536)]
    [InlineData(0.025, 2.631, 1.517)]
    [InlineData(0.05 / 3, 2.767, 1.509)]
    [InlineData(0.0166667, 2.767, 1.509)]
    [InlineData(0.0125, 2.859, 1.504)]
    [InlineData(0.01, 2.93, 1.501)]
    public void Of_CalibratedAlpha_HasItsConstants(double alpha, double c, double cf) => Assert.Equal((c, cf), (PlannedBoundary.Of(alpha).C, PlannedBoundary.Of(alpha).Cf));

    /// <summary>0.04 lies between 0.05 (2.384) and 0.03 (2.5663).</summary>
    [Fact]
    public void Of_OtherAlpha_LiesBetween() => Assert.InRange(PlannedBoundary.Of(0.04).C, 2.384, 2.5663);

    [Theory]
    [InlineData(0, 0.8)]
    [InlineData(0.9, 0.8)]
    [InlineData(0.05, 0.5)]
    public void Of_WhatIsNotCalibrated_IsRefused(double alpha, double power) => Assert.Throws<ArgumentOutOfRangeException>(() => PlannedBoundary.Of(alpha, power));

    [Fact]
    public void Look_AnyCounts_WinsExactlyWhenPIsAtMostAlpha() =>
        Gen.Select(Gen.Long[200, 3000], Gen.Long[200, 3000], Gen.Bool).Sample((a, b, onTicks) =>
        {
            var boundary = onTicks ? PlannedBoundary.Of().OnTicks : PlannedBoundary.Of();
            var look = PlannedSequentialTest.ForLift(boundary, 0.1).Look(new(60_000, a), new ConversionStatistic(60_000, b), 0);

            Assert.Equal(look.PValue <= 0.05, look.Decision is SequentialDecision.WinnerTreatment or SequentialDecision.WinnerControl);
        });

    [Fact]
    public void Run_BoundaryCrossedAtTheSecondLook_LooksNoFurther()
    {
        var run = PlannedSequentialTest.ForLift(PlannedBoundary.Of(), 0.1).Run(
        [
            (new ConversionStatistic(10_000, 300), new ConversionStatistic(10_000, 300)),
            (new(40_000, 1200), new(40_000, 1600)),
            (new(80_000, 2400), new(80_000, 2400)),
        ]);

        Assert.Equal(SequentialDecision.WinnerTreatment, run.Decision);
        Assert.Equal(1, run.DecisionLook);
        Assert.Equal(2, run.Looks.Count);
    }

    [Fact]
    public void Run_PRunsUpAgain_StaysWhereItWas()
    {
        var looks = PlannedSequentialTest.ForLift(PlannedBoundary.Of(), 0.1).Run(
        [
            (new ConversionStatistic(20_000, 600), new ConversionStatistic(20_000, 690)),
            (new(22_000, 690), new(22_000, 730)),
        ]).Looks;

        Assert.True(looks[0].PValue < 1);
        Assert.Equal(looks[0].PValue, looks[1].PValue);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(500, 500)]
    public void Look_NobodyOrEverybodyConverted_GoesOn(long a, long b)
    {
        var look = PlannedSequentialTest.ForLift(PlannedBoundary.Of(), 0.1, minConversions: 0).Look(new(500, a), new ConversionStatistic(500, b), 0);

        Assert.Equal(SequentialDecision.Continue, look.Decision);
        Assert.Null(look.Z);
        Assert.Equal(1, look.PValue);
    }
}
