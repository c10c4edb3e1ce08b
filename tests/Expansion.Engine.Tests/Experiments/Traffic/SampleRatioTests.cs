using Expansion.Engine.Experiments.Traffic;

namespace Expansion.Engine.Tests.Experiments.Traffic;

public sealed class SampleRatioTests
{
    [Fact]
    public void Chi2_SixtyToForty_IsFour()
    {
        var result = SampleRatioTest.Of([60, 40], [1, 1]);

        Assert.Equal(4, result.Chi2!.Value, 12);
        Assert.Equal(0.0455, result.PValue, 4);
        Assert.False(result.Mismatch);
    }

    [Fact]
    public void Chi2_AnybodyInAnArmOfWeightZero_IsAMismatch() => Assert.True(SampleRatioTest.Of([50, 50, 1], [1, 1, 0]).Mismatch);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(-1, 2)]
    public void Chi2_WeightsThatAreNone_AreRefused(double a, double b) => Assert.Throws<ArgumentException>(() => SampleRatioTest.Of([1, 1], [a, b]));

    [Fact]
    public void Sequential_AlarmOnce_Stays()
    {
        var run = SequentialSampleRatioTest.Run([[3000, 2000], [1000, 2000], [5000, 5000]], [1, 1]);

        Assert.True(run.Mismatch);
        Assert.Equal(0, run.FlaggedAt);
        Assert.Equal(run.Looks[0].PValue, run.Looks[2].PValue);
    }

    /// <summary>Γ(k)/Γ(k + 1) · Γ(k/2 + 1)/Γ(k/2) · 2 = 1: one visitor is no evidence.</summary>
    [Fact]
    public void Sequential_OneVisitor_IsNoEvidence() => Assert.Equal(0, SequentialSampleRatioTest.LogBayesFactor([1, 0], [0.5, 0.5]), 9);
}
