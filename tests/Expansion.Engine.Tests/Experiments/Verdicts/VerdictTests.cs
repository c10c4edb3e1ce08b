using Expansion.Engine.Experiments.Guardrails;
using Expansion.Engine.Experiments.Statistics;
using Expansion.Engine.Experiments.Verdicts;

namespace Expansion.Engine.Tests.Experiments.Verdicts;

public sealed class VerdictTests
{
    private static readonly DecisionSettings Settings = new(0.1);

    [Fact]
    public void Of_CrossedWithProvenGuardrails_WinsInWords()
    {
        var verdict = Judge(28, new(40_000, 1200), new ConversionStatistic(40_000, 1460));

        Assert.Equal(VerdictKind.Winner, verdict.Kind);
        Assert.StartsWith("friendly wins: +21.7 % (", verdict.Words, StringComparison.Ordinal);
    }

    /// <summary>The rule of the business: 20 % more conversions and 30 % more returns is no winner.</summary>
    [Fact]
    public void Of_MoreReturns_IsNotWorthIt()
    {
        var returns = GuardrailReading.OfRate("returns", new(1200, 120), new(1440, 187), new(0.2, 0.05, LowerIsBetter: true), mature: true);
        var verdict = Judge(28, new(40_000, 1200), new ArmReading(new(40_000, 1440)) { Guardrails = [returns] });

        Assert.Equal(VerdictKind.Loser, verdict.Kind);
        Assert.EndsWith("But it harms: returns.", verdict.Words, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_NotEnough_SaysHowManyMoreAndHowLong()
    {
        var verdict = Judge(20, new(20_000, 600), new ConversionStatistic(20_000, 655));

        // 1,255 conversions are 31.2 % of the planned information, at 62.75 a day.
        Assert.Equal(VerdictKind.NotYet, verdict.Kind);
        Assert.Equal(2763, verdict.MoreConversions);
        Assert.Equal(45, verdict.MoreDays);
    }

    [Fact]
    public void Of_NobodyConverts_NamesNoDay()
    {
        var verdict = Judge(20, new(100, 0), new ConversionStatistic(100, 0));

        Assert.Equal((VerdictKind.NotYet, 400), (verdict.Kind, verdict.MoreConversions));
        Assert.Null(verdict.MoreDays);
    }

    [Theory]
    [InlineData(0, 0, "an arm has no visitors")]
    [InlineData(43_000, 1300, "isn't split as configured")]
    public void Of_WhatCannotBeRead_IsBroken(long visitors, long conversions, string why)
    {
        var verdict = Judge(28, new(40_000, 1200), new ConversionStatistic(visitors, conversions));

        Assert.Equal(VerdictKind.Broken, verdict.Kind);
        Assert.Contains(why, verdict.Words, StringComparison.Ordinal);
    }

    [Fact]
    public void Decide_CappedRevenue_IsTestedOnTheMean()
    {
        var settings = Settings with { PlannedMean = 2.3 };
        var control = new ArmReading(new(40_000, 1612)) { Revenue = new(40_000, 95_548.3, 11_515_710.5944) };
        var treatment = new ArmReading(new(40_000, 1967)) { Revenue = new(40_000, 121_155.01, 14_800_994.8197) };

        Assert.Equal(DecisionStatus.Winner, DecisionRule.Decide(settings, 28, control, [treatment]).Status);
    }

    [Fact]
    public void IncrementalRevenue_Holdout_IsTheDifferenceTimesAllOthers()
    {
        var result = IncrementalRevenue.Of(MeanStatistic.Of([1, 2, 3]), MeanStatistic.Of([3, 4, 5, 4]));

        Assert.Equal(2, result.PerVisitor!.Value, 12);
        Assert.Equal(8, result.Total!.Value, 12);
    }

    private static Verdict Judge(int days, ConversionStatistic control, ConversionStatistic treatment) => Judge(days, control, new ArmReading(treatment));

    private static Verdict Judge(int days, ConversionStatistic control, ArmReading treatment)
    {
        var arm = new ArmReading(control);
        return Verdict.Of(DecisionRule.Decide(Settings, days, arm, [treatment]), Settings, days, arm, [treatment], ["control", "friendly"]);
    }
}
