using Expansion.Engine.Experiments.Guardrails;

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

    [Theory]
    [InlineData(1000, 100, 1000, 104)]
    [InlineData(1000, 200, 1000, 100)]
    [InlineData(50, 5, 50, 25)]
    public void HarmAlarm_ChanceGainOrTooFewEvents_IsSilent(long unitsA, long a, long unitsB, long b) =>
        Assert.Null(HarmAlarm.OfRate(Plan, new(unitsA, a), new(unitsB, b), 6, 4000));
}
