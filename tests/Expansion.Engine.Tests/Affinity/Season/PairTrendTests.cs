using System.Globalization;
using Expansion.Engine.Affinity.Season;
using Expansion.Engine.Affinity.Soundness;

namespace Expansion.Engine.Tests.Affinity.Season;

public sealed class PairTrendTests
{
    /// <summary>
    /// The first is Fleiss' smokers, R's example of prop.trend.test (chi-square 8.2249, p 0.004132). All by SciPy 1.10.1: 2 * norm.sf(abs(z)), z as in the
    /// summary of <see cref="LinearTrend.OfShares"/>; statsmodels' Table.test_ordinal_association gives the same z times sqrt((N - 1) / N).
    /// </summary>
    [Theory]
    [InlineData("83,90,129,70", "86,93,136,82", 0.00413189747764)]
    [InlineData("5,8,12,15,20,31", "100,100,110,105,100,120", 3.04742172651e-07)]
    [InlineData("31,20,15,12,8,5", "120,100,105,110,100,100", 3.04742172651e-07)]
    [InlineData("10,11,9,10", "100,100,100,100", 0.881497452191)]
    public void OfShares_CountsByMonth_EqualsCochranArmitage(string events, string chances, double p)
    {
        Assert.Equal(p, Sum(events, chances).OfShares.Value, 1e-9 * p + 1e-15);
    }

    /// <summary>statsmodels 0.13.5: m = GLM(x, ones, family=Poisson(), offset=log(n)); m.score_test(m.fit().params, exog_extra=t)[1] is 0.0001406; digits by the formula in NumPy.</summary>
    [Fact]
    public void OfCounts_CountsOverExpected_EqualsTheScoreTestOfAPoissonRegression()
    {
        Assert.Equal(0.0001406021096651638, Sum("5,8,12,15,20,31", "6.1,5.5,7.2,8,7.7,9").OfCounts.Value, 1e-12);
    }

    [Fact]
    public void Of_PartnerTakenEverMoreOften_IsRising()
    {
        var trend = PairTrend.Of(Months(24, month => new(20 + (2 * month), 200, 200, 5000)));

        Assert.Equal(TrendDirection.Rising, trend.Direction);
        Assert.InRange(trend.First, 0.03, 0.07);
        Assert.InRange(trend.Last, 0.18, 0.22);
        Assert.Equal(TrendDirection.Fading, PairTrend.Of(Months(24, month => new(66 - (2 * month), 200, 200, 5000))).Direction);
    }

    [Fact]
    public void Of_BothSellEverMoreAsOnePair_IsSteady()
    {
        var trend = PairTrend.Of(Months(24, month => new(20 + (10 * month), 40 + (20 * month), 40 + (20 * month), 5000)));

        Assert.Equal(TrendDirection.Steady, trend.Direction);
    }

    [Fact]
    public void Of_YearEndsAtChristmasWithTheSameLift_IsSteady()
    {
        var trend = PairTrend.Of(Months(12, month => month < 10 ? new(30, 200, 200, 4000) : new(750, 1000, 1000, 4000)));

        Assert.Equal(TrendDirection.Steady, trend.Direction);
    }

    [Fact]
    public void Of_SureButSmallChange_IsSteady()
    {
        var trend = PairTrend.Of(Months(24, month => new(100_000 + (500 * month), 300_000, 300_000, 5_000_000)));

        Assert.True(trend.P.Value < 1e-6);
        Assert.Equal(TrendDirection.Steady, trend.Direction);
    }

    [Fact]
    public void Of_NothingToCompare_IsSteadyWithPOne()
    {
        Assert.Equal(new PairTrend(TrendDirection.Steady, LogProbability.One, 0, 0), PairTrend.Of([]));
        Assert.Equal(1, PairTrend.Of(Months(1, _ => new(5, 10, 10, 100))).P.Value);
        Assert.Equal(1, PairTrend.Of(Months(12, _ => new(0, 10, 10, 100))).P.Value);
    }

    private static LinearTrend Sum(string events, string chances) => events.Split(',').Zip(chances.Split(','))
        .Select((pair, time) => LinearTrend.Of(double.Parse(pair.First, CultureInfo.InvariantCulture), double.Parse(pair.Second, CultureInfo.InvariantCulture), time))
        .Aggregate((left, right) => left + right);

    private static MonthCounts[] Months(int count, Func<int, PairCounts> counts) =>
        [.. Enumerable.Range(0, count).Select(month => new MonthCounts(new YearMonth(2024, 1).AddMonths(month), counts(month)))];
}
