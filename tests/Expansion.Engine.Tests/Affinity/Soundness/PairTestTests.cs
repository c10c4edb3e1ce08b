using System.Numerics;
using Expansion.Engine.Affinity.Soundness;

namespace Expansion.Engine.Tests.Affinity.Soundness;

public sealed class PairTestTests
{
    /// <summary>
    /// Python 3.11, with whole numbers of any size: s = sum(comb(a, j) * comb(n - a, b - j) for j in range(both, min(a, b) + 1)); log10(s) - log10(comb(n, b)).
    /// Where p ≥ 1e-300, SciPy 1.10.1 says the same: scipy.stats.fisher_exact([[both, a - both], [b - both, n - a - b + both]], alternative='greater').
    /// </summary>
    [Theory]
    [InlineData(551, 2513, 1372, 9835, -37.2083872051)]
    [InlineData(5, 10, 8, 100, -3.78603306589)]
    [InlineData(1, 1, 1, 1000, -3)]
    [InlineData(2, 2, 2, 100000, -9.69896566137)]
    [InlineData(3, 10, 10, 20, -0.00502643200965)]
    [InlineData(0, 10, 10, 100, 0)]
    [InlineData(200, 600, 3000, 50000, -92.7836155779)]
    [InlineData(12, 40, 4000, 9835, -0.0267395612382)]
    [InlineData(17, 1000, 2000, 100000, -0.10633213392)]
    [InlineData(19, 1000, 2000, 100000, -0.206813696745)]
    [InlineData(25, 1000, 2000, 100000, -0.814207403131)]
    [InlineData(40, 50, 9950, 10000, 0)]
    [InlineData(300, 1000, 1000, 10000, -79.6501840441)]
    [InlineData(1000, 1000, 1000, 10000, -1409.94116726)]
    [InlineData(5000, 5000, 5000, 1000000, -13668.9371426)]
    [InlineData(250, 300, 400, 10000000, -1086.45631014)]
    [InlineData(9000, 100000, 90000, 1000000, -0.299456087407)]
    [InlineData(60000, 500000, 100000, 1000000, -973.11745019)]
    [InlineData(10, 5000, 9000, 10000000, -1.76904493184)]
    [InlineData(999, 1000, 999, 1000, 0)]
    [InlineData(4795, 4900, 4880, 5000, -8.01980828015)]
    [InlineData(90, 100, 100, 1000000, -375.349758102)]
    public void Exact_CountsOfAnySize_EqualsTheSumOfBinomialCoefficients(long both, long a, long b, long baskets, double log10)
    {
        var p = PairTest.Exact(new PairCounts(both, a, b, baskets));

        // 1e-7 in log10 is 2e-7 of p itself.
        Assert.Equal(log10, p.Log10, 1e-7);
        Assert.Equal(Math.Pow(10, log10), p.Value, 1e-6 * Math.Pow(10, log10));
    }

    [Fact]
    public void Exact_EveryTableOfThirtyBaskets_EqualsTheSumOfBinomialCoefficients()
    {
        const int baskets = 30;
        for (var a = 0; a <= baskets; a++)
        {
            for (var b = 0; b <= baskets; b++)
            {
                for (var both = Math.Max(0, a + b - baskets); both <= Math.Min(a, b); both++)
                {
                    var ways = Enumerable.Range(both, Math.Min(a, b) - both + 1).Select(k => Choose(a, k) * Choose(baskets - a, b - k)).Aggregate(BigInteger.Add);
                    var expected = (double)ways / (double)Choose(baskets, b);
                    Assert.Equal(expected, PairTest.Exact(new PairCounts(both, a, b, baskets)).Value, 1e-12 * expected);
                }
            }
        }

        static BigInteger Choose(int n, int k) =>
            k < 0 || k > n ? 0 : Enumerable.Range(1, k).Aggregate(BigInteger.One, (product, i) => product * (n - k + i) / i);
    }

    /// <summary>
    /// SciPy 1.10.1: chi2, _, _, _ = scipy.stats.chi2_contingency([[both, a - both], [b - both, n - a - b + both]]) (its default: Yates);
    /// scipy.stats.norm.logsf(sqrt(chi2)) / log(10).
    /// </summary>
    [Theory]
    [InlineData(9500, 100000, 90000, 1000000, -8.52605543146)]
    [InlineData(60000, 500000, 100000, 1000000, -967.225415833)]
    [InlineData(2100, 20000, 100000, 1000000, -2.04978227696)]
    [InlineData(1234, 5000, 2000, 9000, -9.67364110146)]
    [InlineData(40000, 100000, 100000, 1000000, -24129.5889399)]
    public void ChiSquare_MoreThanExpected_IsHalfOfSciPysTwoSidedOne(long both, long a, long b, long baskets, double log10)
    {
        Assert.Equal(log10, PairTest.ChiSquare(new PairCounts(both, a, b, baskets)).Log10, 1e-7);
    }

    [Theory]
    [InlineData(1000, 10000, 100000, 1000000, true)]
    [InlineData(1000, 9999, 100000, 1000000, false)]
    [InlineData(899100, 900000, 999000, 1000000, false)]
    public void PValue_SmallestExpectedCountFromOneThousand_IsChiSquares(long both, long a, long b, long baskets, bool chiSquare)
    {
        var counts = new PairCounts(both, a, b, baskets);

        Assert.Equal(chiSquare ? PairTest.ChiSquare(counts) : PairTest.Exact(counts), PairTest.PValue(counts));
    }

    /// <summary>SciPy 1.10.1: scipy.stats.norm.logsf(z).</summary>
    [Theory]
    [InlineData(-3, -0.001350809964748193)]
    [InlineData(0, -0.6931471805599453)]
    [InlineData(5, -15.064998393988727)]
    [InlineData(9.99, -53.13035374560602)]
    [InlineData(10.01, -53.332315610880734)]
    [InlineData(38, -726.5572160188201)]
    [InlineData(1000, -500007.8266948122)]
    public void Above_AnyDistance_EqualsSciPysLogOfTheTail(double z, double ln)
    {
        Assert.Equal(ln, NormalTail.Above(z).Ln, 1e-12 * Math.Max(1, -ln));
    }

    [Fact]
    public void PValue_NothingToCompare_IsOne()
    {
        Assert.Equal(1, PairTest.PValue(default).Value);
        Assert.Equal(1, PairTest.PValue(new PairCounts(0, 0, 5, 10)).Value);
        Assert.Equal(1, PairTest.PValue(new PairCounts(5, 10, 5, 10)).Value);
        Assert.Equal(1, PairTest.ChiSquare(new PairCounts(5, 10, 5, 10)).Value);
    }

    [Theory]
    [InlineData(-1, 2, 2, 10)]
    [InlineData(3, 2, 5, 10)]
    [InlineData(1, 8, 8, 10)]
    [InlineData(0, 11, 0, 10)]
    public void PairCounts_NoBasketsCanHaveThem_Throws(long both, long a, long b, long baskets)
    {
        Assert.Throws<ArgumentException>(() => new PairCounts(both, a, b, baskets));
    }
}
