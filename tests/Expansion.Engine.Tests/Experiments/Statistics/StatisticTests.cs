using CsCheck;
using Expansion.Engine.Experiments.Statistics;

namespace Expansion.Engine.Tests.Experiments.Statistics;

public sealed class StatisticTests
{
    [Fact]
    public void Plus_ValuesSplitAnywhere_GivesTheSumsOfTheWhole() =>
        Gen.Select(Gen.Int[-1000, 1000].Array[0, 40], Gen.Int[0, 40]).Sample((values, cut) =>
        {
            var (left, right) = (values.Take(cut).Select(Convert.ToDouble), values.Skip(cut).Select(Convert.ToDouble));

            Assert.Equal(MeanStatistic.Of(values.Select(Convert.ToDouble)), MeanStatistic.Of(left) + MeanStatistic.Of(right));
        });

    [Fact]
    public void Variance_OneTwoThreeFour_IsFiveThirds() => Assert.Equal(5.0 / 3, MeanStatistic.Of([1, 2, 3, 4]).Variance!.Value, 12);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Variance_FewerThanTwo_IsNull(int count) => Assert.Null(MeanStatistic.Of(Enumerable.Repeat(3.0, count)).Variance);

    /// <summary>A tenth isn't a number of the machine, so equal values leave a rest of rounding.</summary>
    [Fact]
    public void Variance_EqualValues_IsZero() => Assert.Equal(0, MeanStatistic.Of(Enumerable.Repeat(0.1, 1000)).Variance);

    [Fact]
    public void Winsorized_OneWhale_IsCappedInBothArmsAlike()
    {
        // Sorted without zeros: 10, 20, 30, 40, 1000; type 7 at 0.75 is the fourth.
        var result = Winsorized.Of([0, 10, 1000], [20, 30, 40], 0.75);

        Assert.Equal(40, result.Cap);
        Assert.Equal(1, result.CappedValues);
        Assert.Equal(50, result.Control.Sum);
        Assert.Equal(90, result.Treatment.Sum);
    }

    [Fact]
    public void Wilson_NoneOfTen_ReachesFromZeroToTwentyEightPercent()
    {
        var interval = Proportion.Wilson(0, 10, 1.959963984540054)!.Value;

        // z²/(n + z²) = 3.8415/13.8415
        Assert.Equal(0, interval.Low!.Value, 12);
        Assert.Equal(0.27753, interval.High!.Value, 5);
    }
}
