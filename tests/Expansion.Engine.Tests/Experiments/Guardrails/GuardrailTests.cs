using Expansion.Engine.Experiments.Guardrails;
using Expansion.Engine.Samples;

namespace Expansion.Engine.Tests.Experiments.Guardrails;

public sealed class GuardrailTests
{
    private static readonly HarmLimit Returns = new(0.2, 0.05, LowerIsBetter: true);
    private static readonly GuardrailPlan Plan = GuardrailPlan.Defaults[0];

    [Theory]
    [InlineData(12_000, 1200, 12_000, 1200, GuardrailVerdict.Pass)]
    [InlineData(12_000, 1200, 12_000, 1290, GuardrailVerdict.Fail)]
    [InlineData(400, 40, 400, 40, GuardrailVerdict.Pending)]
    public void OfRate_Returns_AreJudged(long unitsA, long a, long unitsB, long b, GuardrailVerdict expected) =>
        Assert.Equal(expected, GuardrailReading.OfRate("returns", new(unitsA, a), new(unitsB, b), Returns, mature: true).Verdict);

    [Theory]
    [InlineData(false, 1200)]
    [InlineData(true, 29)]
    public void OfRate_NotMatureOrTooFew_IsPendingWithoutABound(bool mature, long events)
    {
        var reading = GuardrailReading.OfRate("returns", new(12_000, events), new(12_000, 2400), Returns, mature);

        Assert.Equal(GuardrailVerdict.Pending, reading.Verdict);
        Assert.Null(reading.Bound);
    }

    [Fact]
    public void HarmAlarm_TwiceTheReturns_SaysWhatHappened() =>
        Assert.Equal("return_rate went from 10.0 % to 20.0 %, which is more than chance.", HarmAlarm.OfRate(Plan, new(1000, 100), new(1000, 200), 6, 4000));

    /// <summary>Hardly anybody complains of control: that is no reason to wait.</summary>
    [Theory]
    [InlineData(0, 60, "return_rate went from 0.0 % to 6.0 %, which is more than chance.")]
    [InlineData(3, 60, "return_rate went from 0.3 % to 6.0 %, which is more than chance.")]
    [InlineData(60, 0, null)]
    [InlineData(14, 16, null)]
    [InlineData(0, 29, null)]
    public void HarmAlarm_HardlyAnyInOneArm_IsProofOnlyWhereManyAreInTheOther(long a, long b, string? words) =>
        Assert.Equal(words, HarmAlarm.OfRate(Plan, new(1000, a), new(1000, b), 6, 4000));

    /// <summary>Two arms that are the same, looked at after every event: well below the budget.</summary>
    [Fact]
    public void HarmAlarm_RareAndTheSameInBothArms_HardlyEverSounds()
    {
        var alarms = 0;
        for (var run = 0; run < 2000; run++)
        {
            var (chance, events) = (SplitMix64.For(11, run), new long[2]);
            while (Math.Min(events[0], events[1]) < 30)
            {
                events[chance.Chance(0.5) ? 1 : 0]++;
                if (HarmAlarm.OfRate(Plan, new(100_000, events[0]), new(100_000, events[1]), 1, 200_000) is not null)
                {
                    alarms++;
                    break;
                }
            }
        }

        Assert.InRange(alarms, 0, 2000 * 0.01);
    }

    [Theory]
    [InlineData(1000, 100, 1000, 104)]
    [InlineData(1000, 200, 1000, 100)]
    [InlineData(50, 5, 50, 25)]
    public void HarmAlarm_ChanceGainOrTooFewEvents_IsSilent(long unitsA, long a, long unitsB, long b) =>
        Assert.Null(HarmAlarm.OfRate(Plan, new(unitsA, a), new(unitsB, b), 6, 4000));
}
