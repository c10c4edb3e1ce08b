using CsCheck;
using Expansion.Engine.Experiments.Comparisons;
using Expansion.Engine.Experiments.Statistics;

namespace Expansion.Engine.Tests.Experiments.Comparisons;

public sealed class ComparisonTests
{
    [Fact]
    public void TwoProportions_TenAgainstTwentyOfHundred_HasZOfOneNinetyEight()
    {
        var result = TwoProportionTest.Compare(new(100, 10), new(100, 20));

        // p = 0.15, z = 0.1 / √(0.15 · 0.85 · 0.02)
        Assert.Equal(1.98030, result.Z!.Value, 5);
        Assert.Equal(0.04767, result.PValue!.Value, 5);
        Assert.Equal(1, result.RelLift!.Value, 12);
    }

    [Theory]
    [InlineData(0, 0, 10, 1, ComparisonStatus.NoData)]
    [InlineData(10, 0, 10, 0, ComparisonStatus.Degenerate)]
    [InlineData(10, 10, 10, 10, ComparisonStatus.Degenerate)]
    [InlineData(1, 0, 1, 1, ComparisonStatus.Ok)]
    public void TwoProportions_AtTheEdges_HasAStatus(long visitorsA, long a, long visitorsB, long b, ComparisonStatus expected) =>
        Assert.Equal(expected, TwoProportionTest.Compare(new(visitorsA, a), new(visitorsB, b)).Status);

    [Fact]
    public void TwoProportions_AnyCounts_HasOnlyFiniteNumbers() =>
        Gen.Select(Gen.Long[0, 2_000_000_000], Gen.Double[0, 1], Gen.Long[0, 2_000_000_000], Gen.Double[0, 1]).Sample((n, p, m, q) =>
        {
            var result = TwoProportionTest.Compare(new(n, (long)(n * p)), new(m, (long)(m * q)));
            double?[] numbers =
            [
                result.AbsDiff, result.RelLift, result.Z, result.PValue, result.AbsCiNewcombe?.Low, result.AbsCiNewcombe?.High,
                result.AbsCiWald?.Low, result.AbsCiWald?.High, result.LiftCiLog?.Low, result.LiftCiLog?.High,
            ];

            Assert.All(numbers, number => Assert.True(number is null || double.IsFinite(number.Value)));
            Assert.True(result.PValue is null or (>= 0 and <= 1));
        });

    [Fact]
    public void Welch_NegativeMean_CountsLessLossAsAGain() =>
        Assert.Equal(0.5, WelchTest.Compare(MeanStatistic.Of([-3, -1]), MeanStatistic.Of([-2, 0])).Effect!.Value, 12);

    [Fact]
    public void Welch_OneHugeOutlier_IsDefined()
    {
        var result = WelchTest.Compare(MeanStatistic.Of([1, 2, 3]), MeanStatistic.Of([1, 2, 1e200]));

        Assert.Equal(ComparisonStatus.Degenerate, result.Status);
        Assert.Null(result.PValue);
    }

    [Fact]
    public void Welch_SmallSamples_MeetsStudentsTables()
    {
        // Means 2 and 5, variances 1 and 1, n = 3: t = 3/√(2/3) with 4 degrees of freedom, p = 0.02131.
        var result = WelchTest.Compare(MeanStatistic.Of([1, 2, 3]), MeanStatistic.Of([4, 5, 6]), Difference.Absolute);

        Assert.Equal(4, result.Df!.Value, 9);
        Assert.Equal(3.67423, result.T!.Value, 5);
        Assert.Equal(0.02131, result.PValue!.Value, 5);
    }

    [Fact]
    public void Ratio_NothingToDivideBy_IsUndefinedAndNotZero()
    {
        var result = RatioTest.Compare(new(10, 5, 9, 4, 6, 7), new(10, 0, 0, 0, 0, 0));

        Assert.Equal(ComparisonStatus.ZeroDenominator, result.Status);
        Assert.Null(result.RatioTreatment);
    }

    /// <summary>The time before explains everything but a constant, so adjusting leaves the constant and no noise at all.</summary>
    [Fact]
    public void Cuped_PerfectCovariate_HasNoErrorLeft()
    {
        var control = Sums((1, 1), (2, 2), (3, 3));
        var treatment = Sums((1, 1), (2, 2), (3, 3));

        Assert.Equal(ComparisonStatus.Degenerate, CupedTest.Compare(control, treatment, Difference.Absolute).Status);
        Assert.Equal(1, CupedTest.Compare(control, treatment, Difference.Absolute).Theta!.Value, 12);
    }

    private static BivariateStatistic Sums(params (double Y, double X)[] visitors) =>
        visitors.Aggregate(default(BivariateStatistic), (sums, v) => sums + new BivariateStatistic(1, v.Y, v.Y * v.Y, v.X, v.X * v.X, v.X * v.Y));
}
