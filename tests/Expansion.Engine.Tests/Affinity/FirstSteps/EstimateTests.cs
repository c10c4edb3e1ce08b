using Expansion.Engine.Affinity.FirstSteps;

namespace Expansion.Engine.Tests.Affinity.FirstSteps;

public sealed class EstimateTests
{
    /// <summary>Newcombe (Statistics in Medicine 17, 1998, pages 857 to 872), table I, method 3.</summary>
    [Theory]
    [InlineData(81, 263, 0.2553, 0.3662)]
    [InlineData(15, 148, 0.0624, 0.1605)]
    [InlineData(0, 20, 0.0000, 0.1611)]
    [InlineData(1, 29, 0.0061, 0.1718)]
    public void OfShare_PublishedCases_AgreeToTheDigitsPrinted(long count, long of, double low, double high)
    {
        var share = Estimate.OfShare(count, of);

        Assert.Equal((low, high), (Math.Round(share.Low, 4), Math.Round(share.High, 4)));
        Assert.Equal((double)count / of, share.Expected);
    }

    /// <summary>Newcombe (Statistics in Medicine 17, 1998, pages 873 to 890), table II, method 10.</summary>
    [Theory]
    [InlineData(56, 70, 48, 80, 0.0524, 0.3339)]
    [InlineData(9, 10, 3, 10, 0.1705, 0.8090)]
    [InlineData(6, 7, 2, 7, 0.0582, 0.8062)]
    [InlineData(5, 56, 0, 29, -0.0381, 0.1926)]
    [InlineData(0, 10, 0, 20, -0.1611, 0.2775)]
    [InlineData(10, 10, 0, 10, 0.6075, 1.0000)]
    public void OfDifference_PublishedCases_AgreeToTheDigitsPrinted(long count, long of, long count2, long of2, double low, double high)
    {
        var difference = Estimate.OfDifference(Estimate.OfShare(count, of), Estimate.OfShare(count2, of2));

        Assert.Equal((low, high), (Math.Round(difference.Low, 4), Math.Round(difference.High, 4)));
    }

    [Fact]
    public void OfShare_OfNone_IsAnything() => Assert.Equal(new Estimate(0, 0, 1), Estimate.OfShare(0, 0));
}
