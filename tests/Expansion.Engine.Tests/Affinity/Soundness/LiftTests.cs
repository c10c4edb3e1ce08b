using Expansion.Engine.Affinity.Soundness;

namespace Expansion.Engine.Tests.Affinity.Soundness;

public sealed class LiftTests
{
    /// <summary>
    /// NumPy and SciPy 1.10.1: s = sqrt(1/both - 1/a - 1/b + (2*lift - 1)/n); lift * exp([-1, 1] * scipy.stats.norm.ppf(0.975) * s).
    /// </summary>
    [Theory]
    [InlineData(551, 2513, 1372, 9835, 1.48169185755, 1.66725040662)]
    [InlineData(5, 10, 8, 100, 3.47151906267, 11.2522786984)]
    [InlineData(1, 1, 1, 1000, 141.001640005, 7092.11609144)]
    [InlineData(2, 2, 2, 100000, 12505.0559707, 199919.137176)]
    [InlineData(3, 10, 10, 20, 0.285687702983, 1.26011724075)]
    [InlineData(12, 40, 4000, 9835, 0.459839864464, 1.18321764308)]
    [InlineData(25, 1000, 2000, 100000, 0.850863075196, 1.83637067532)]
    [InlineData(40, 50, 9950, 10000, 0.700353471171, 0.923031509976)]
    [InlineData(1000, 1000, 1000, 10000, 9.42896348131, 10.6056196101)]
    [InlineData(5000, 5000, 5000, 1000000, 194.546006447, 205.606893354)]
    [InlineData(60000, 500000, 100000, 1000000, 1.19422094876, 1.20580701711)]
    [InlineData(4795, 4900, 4880, 5000, 1.0011076015, 1.00416404867)]
    public void Of_SeenTogether_EqualsTheDeltaMethod(long both, long a, long b, long baskets, double low, double high)
    {
        var interval = LiftInterval.Of(new PairCounts(both, a, b, baskets));

        Assert.Equal(low, interval.Low, 1e-9 * low);
        Assert.Equal(high, interval.High, 1e-9 * high);
    }

    [Fact]
    public void Of_NeverTogether_EndsWhereSeeingNoneIsTooUnlikely()
    {
        // One expected: e^-3.688879454 = 0.025.
        Assert.Equal(0, LiftInterval.Of(new PairCounts(0, 10, 10, 100)).Low);
        Assert.Equal(3.688879454, LiftInterval.Of(new PairCounts(0, 10, 10, 100)).High, 1e-9);
        Assert.Equal(new LiftInterval(0, double.PositiveInfinity), LiftInterval.Of(new PairCounts(0, 0, 10, 100)));
        Assert.Equal(new LiftInterval(0, double.PositiveInfinity), LiftInterval.Of(default));
    }

    /// <summary>Of 4,000 pairs of known lift 2, seen 60 times on average, the interval covers 2 in 95 %.</summary>
    [Fact]
    public void Of_ManyPairsOfOneLift_CoversItInNineteenOfTwenty()
    {
        var random = new Random(11);
        var covered = 0;
        for (var pair = 0; pair < 4000; pair++)
        {
            long both = 0, a = 0, b = 0;
            for (var basket = 0; basket < 1000; basket++)
            {
                // P(a) = 0.15, P(b) = 0.2, P(both) = 0.06.
                var draw = random.NextDouble();
                both += draw < 0.06 ? 1 : 0;
                a += draw < 0.15 ? 1 : 0;
                b += draw is < 0.06 or >= 0.15 and < 0.29 ? 1 : 0;
            }

            var interval = LiftInterval.Of(new PairCounts(both, a, b, 1000));
            covered += interval.Low <= 2 && 2 <= interval.High ? 1 : 0;
        }

        Assert.InRange(covered / 4000.0, 0.94, 0.96);
    }

    /// <summary>NumPy: 2**(log2((both + .5)/(E + .5)) - 3.3*(both + .5)**-.5 - 2*(both + .5)**-1.5).</summary>
    [Theory]
    [InlineData(551, 2513, 1372, 9835, 1.42497350619)]
    [InlineData(5, 10, 8, 100, 1.43270362738)]
    [InlineData(1, 1, 1, 1000, 0.217483697651)]
    [InlineData(2, 2, 2, 100000, 0.828598436145)]
    [InlineData(5000, 5000, 5000, 1000000, 189.855624522)]
    [InlineData(0, 10, 10, 100, 0.000260086383997)]
    public void ShrunkenLift_AnyCounts_EqualsTheFormula(long both, long a, long b, long baskets, double expected)
    {
        Assert.Equal(expected, ShrunkenLift.Of(new PairCounts(both, a, b, baskets)), 1e-9 * expected);
    }

    [Fact]
    public void ShrunkenLift_SeenTwiceAtEnormousLift_RanksBelowSeenTwoHundredTimesAtLiftOnePointTwo()
    {
        var twice = new PairCounts(2, 2, 2, 10_000_000);
        var often = new PairCounts(200, 1291, 1291, 10_000);

        Assert.Equal(1.2, often.Lift, 0.001);
        Assert.True(twice.Lift > 1_000_000);
        Assert.True(ShrunkenLift.Of(twice) < ShrunkenLift.Of(often));
    }
}
