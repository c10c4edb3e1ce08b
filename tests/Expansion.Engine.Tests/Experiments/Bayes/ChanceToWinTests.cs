using CsCheck;
using Expansion.Engine.Experiments.Bayes;
using Expansion.Engine.Experiments.Statistics;

namespace Expansion.Engine.Tests.Experiments.Bayes;

public sealed class ChanceToWinTests
{
    /// <summary>Beta(1, 1) against Beta(2, 1): P(U &gt; max(U', U'')) = 1/3.</summary>
    [Fact]
    public void ChanceAbove_UniformAgainstTheLargerOfTwo_IsAThird() => Assert.Equal(1.0 / 3, new BetaPosterior(1, 1).ChanceAbove(new BetaPosterior(2, 1)), 9);

    [Fact]
    public void ChanceAbove_BothWays_AddsUpToOne() =>
        Gen.Select(Gen.Double[0.1, 1e6], Gen.Double[0.1, 1e6], Gen.Double[0.1, 1e6], Gen.Double[0.1, 1e6]).Sample((a, b, c, d) =>
        {
            var (p, q) = (new BetaPosterior(a, b), new BetaPosterior(c, d));

            Assert.Equal(1, p.ChanceAbove(q) + q.ChanceAbove(p), 1e-6);
        }, iter: 30);

    [Fact]
    public void Of_EqualArms_LosesAsMuchEitherWay()
    {
        var readout = ChanceToWin.Of(new ConversionStatistic(500, 20), new ConversionStatistic(500, 20));

        Assert.Equal(0.5, readout.ChanceToWin, 9);
        Assert.Equal(readout.ExpectedLossControl, readout.ExpectedLossTreatment, 12);
    }

    [Fact]
    public void Of_MoreConversionsThanVisitors_IsRefused() => Assert.Throws<ArgumentException>(() => ChanceToWin.Of(new ConversionStatistic(1, 2), new ConversionStatistic(1, 1)));
}
