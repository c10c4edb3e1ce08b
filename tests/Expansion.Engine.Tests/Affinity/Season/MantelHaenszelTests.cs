using Expansion.Engine.Affinity.Season;
using Expansion.Engine.Affinity.Soundness;

namespace Expansion.Engine.Tests.Affinity.Season;

public sealed class MantelHaenszelTests
{
    /// <summary>
    /// statsmodels 0.13.5: t = StratifiedTable([[[both, a - both], [b - both, n - a - b + both]], …]); t.oddsratio_pooled;
    /// SciPy: norm.logsf(sqrt(t.test_null_odds(correction=True).statistic)) / log(10). Lift is Σ both / Σ (a b / n) by hand.
    /// </summary>
    [Theory]
    [InlineData("40,200,180,1000 2,20,25,1000 1,15,22,900", 1.26504566276, -0.894855306, 1.16636528029)]
    [InlineData("30,100,120,1000 45,150,140,1500 12,60,70,800", 4.39318320146, -27.557870171, 2.784)]
    [InlineData("0,10,10,100 3,5,6,50", 2.25, -0.667105526, 1.875)]
    [InlineData("900,20000,30000,1000000 2500,30000,50000,900000", 1.56463429688, -135.002044356, 1.5)]
    public void Measures_ThreeStrata_EqualStatsmodels(string strata, double oddsRatio, double log10, double lift)
    {
        var sums = strata.Split(' ').Select(Parse).Select(MantelHaenszel.Of).Aggregate((left, right) => left + right);

        Assert.Equal(oddsRatio, sums.OddsRatio, 1e-9);
        Assert.Equal(log10, sums.P.Log10, 1e-7);
        Assert.Equal(lift, sums.Lift, 1e-9);
    }

    [Fact]
    public void Measures_OneStratum_EqualThePooledOnes()
    {
        var counts = new PairCounts(30, 100, 120, 1000);

        var sums = MantelHaenszel.Of(counts);

        Assert.Equal(counts.Lift, sums.Lift, 1e-12);
        Assert.Equal(30 * 810.0 / (70 * 90), sums.OddsRatio, 1e-12);
    }

    [Fact]
    public void Measures_NothingToCompare_AreZeroAndOne()
    {
        Assert.Equal((0, 0, 1), (default(MantelHaenszel).Lift, default(MantelHaenszel).OddsRatio, default(MantelHaenszel).P.Value));
        Assert.Equal(1, MantelHaenszel.Of(new PairCounts(1, 1, 1, 1)).P.Value);
        Assert.Equal(double.PositiveInfinity, MantelHaenszel.Of(new PairCounts(5, 5, 5, 10)).OddsRatio);
    }

    private static PairCounts Parse(string text)
    {
        var counts = text.Split(',').Select(long.Parse).ToArray();
        return new(counts[0], counts[1], counts[2], counts[3]);
    }
}
