using Expansion.Engine.Experiments.Readings;
using Expansion.Engine.Experiments.Statistics;
using Expansion.Engine.Experiments.Verdicts;

namespace Expansion.Engine.Tests.Experiments.Readings;

public sealed class ExperimentLookTests
{
    private static readonly DecisionSettings Settings = new(0.1);

    /// <summary>
    /// By hand: 31,234 visitors an arm for 5 % + 10 % (Fleiss), so ρ² = (5.9915 + ln 6.9915) / (0.6 · 62,468) and k = 10,000 ρ² = 2.1174; √(3.1174/2.1174 · ln(3.1174/0.0025))
    /// = 3.2396 standard errors of √(1/500 + 1/700 − 2/5,000) = 0.05503 around ln 1.4.
    /// </summary>
    [Fact]
    public void Of_FortyPercentMoreConversions_IsTheConfidenceSequenceOfTheirRatio()
    {
        var effect = Effects(Arm(5000, 500), Arm(5000, 700)).Conversion!;

        Assert.Equal((0.4, 0.1714, 0.6732), (Math.Round(effect.Value, 4), Math.Round(effect.Interval.Low!.Value, 4), Math.Round(effect.Interval.High!.Value, 4)));
    }

    [Fact]
    public void Of_RevenueAndMargin_AreChangesOfAVisitorsMean()
    {
        var effects = Effects(
            Arm(1000, 100) with { CappedRevenue = new(1000, 5000, 250_000), Margin = new(1000, 2000, 40_000) },
            Arm(1000, 120) with { CappedRevenue = new(1000, 6000, 300_000), Margin = new(1000, 1800, 36_000) });

        Assert.Equal((0.2, -0.1), (Math.Round(effects.Revenue!.Value, 6), Math.Round(effects.Margin!.Value, 6)));
        Assert.InRange(0.2, effects.Revenue.Interval.Low!.Value, effects.Revenue.Interval.High!.Value);
        Assert.InRange(-0.1, effects.Margin.Interval.Low!.Value, effects.Margin.Interval.High!.Value);
    }

    [Theory]
    [InlineData(0, 0, 0, 0)]
    [InlineData(500, 19, 500, 40)]
    [InlineData(500, 40, 500, 19)]
    public void Of_FewerThanTwentyConversionsInAnArm_SaysNothing(long visitors, long buyers, long others, long otherBuyers)
    {
        Assert.Equal(new("treatment", null, null, null), Effects(Arm(visitors, buyers), Arm(others, otherBuyers)));
    }

    /// <summary>Without an effect, watched 60 times as it goes: at most 5 in 100 tests may ever see one. Looked at each time as if it were the only one, some 40 would.</summary>
    [Fact]
    public void Of_NoEffectLookedAtEveryDay_IsInTheIntervalAtAllLooksOfNineteenInTwentyTests()
    {
        const int Tests = 400;
        var random = new Random(7);
        var fooled = Enumerable.Range(0, Tests).Count(_ =>
        {
            var (control, treatment) = (default(ArmSums), default(ArmSums));
            return Enumerable.Range(0, 60).Any(_ =>
            {
                (control, treatment) = (control + Day(random), treatment + Day(random));
                return Effects(control, treatment).Conversion is { } effect && (effect.Interval.Low > 0 || effect.Interval.High < 0);
            });
        });

        Assert.InRange(fooled, 0, Tests * 5 / 100);
    }

    private static ArmSums Day(Random random) => Arm(200, Enumerable.Range(0, 200).Count(_ => random.NextDouble() < 0.08));

    private static ArmSums Arm(long visitors, long buyers) => new() { Conversions = new ConversionStatistic(visitors, buyers) };

    private static TreatmentEffects Effects(ArmSums control, ArmSums treatment) => Assert.Single(TreatmentEffects.Of(["treatment"], Settings, control, [treatment]));
}
