using Expansion.Engine.Experiments.Sequential;
using Expansion.Engine.Experiments.Statistics;

namespace Expansion.Engine.Experiments.Guardrails;

/// <summary>
/// Stops the exposure of a harmful variation while the experiment runs, at any look: an always-valid test of each guardrail rate in the harmful direction.
/// All guardrails together alarm falsely in at most 5 of 100 experiments. The data goes on.
/// </summary>
public static class HarmAlarm
{
    private const double Budget = 0.05;

    /// <summary>The part of the budget for what hardly ever happens: there only many events in one arm and few in the other are proof.</summary>
    private const double RareShare = 0.1;

    /// <summary>What the rare test looks for: twice as many.</summary>
    private const double RareLift = 1;

    /// <summary>Null while there is no proof of harm, else the reason in words.</summary>
    /// <param name="guardrails">How many share the error budget.</param>
    /// <param name="expectedUnits">Units of both arms expected at the planned end; the test is sharpest at 0.6 of it.</param>
    public static string? OfRate(GuardrailPlan plan, EventCount control, EventCount treatment, int guardrails, double expectedUnits)
    {
        if (Math.Min(control.Units, treatment.Units) < 1)
        {
            return null;
        }

        var alpha = Alpha(guardrails);
        if (Math.Min(control.Events, treatment.Events) < plan.MinEvents)
        {
            return control.Events + treatment.Events >= plan.MinEvents && IsRareHarm(plan, control, treatment, RareShare * Budget / guardrails) ? Words(plan, control, treatment) : null;
        }

        var test = ConfidenceSequence.At(
            new(control.Units, control.Events), new(treatment.Units, treatment.Events), RateScale.LogRateRatio, 0.6 * Math.Max(1, expectedUnits), alpha);
        return IsHarm(plan, test, alpha) ? Words(plan, control, treatment) : null;
    }

    /// <inheritdoc cref="OfRate"/>
    public static string? OfMean(GuardrailPlan plan, MeanStatistic control, MeanStatistic treatment, int guardrails, double expectedUnits)
    {
        if (Math.Min(control.Count, treatment.Count) < plan.MinEvents)
        {
            return null;
        }

        var alpha = Alpha(guardrails);
        return IsHarm(plan, ConfidenceSequence.At(control, treatment, 0.6 * Math.Max(1, expectedUnits), alpha), alpha)
            ? FormattableString.Invariant($"{plan.Name} went from {control.Mean:0.##} to {treatment.Mean:0.##} on average, which is more than chance.")
            : null;
    }

    /// <summary>Two-sided at twice the level is one-sided at the level.</summary>
    private static double Alpha(int guardrails) => 2 * (1 - RareShare) * Budget / guardrails;

    /// <summary>Exact where the log ratio isn't: whose event is it, given that one happened? An arm without any events can be compared, too.</summary>
    private static bool IsRareHarm(GuardrailPlan plan, EventCount control, EventCount treatment, double alpha) =>
        new LabelTest(control.Units, treatment.Units, RareLift, alpha).Run([(control.Events, treatment.Events)]).Significant
        && (double)treatment.Events / treatment.Units > (double)control.Events / control.Units == plan.Limit.LowerIsBetter;

    private static string Words(GuardrailPlan plan, EventCount control, EventCount treatment) => FormattableString.Invariant(
        $"{plan.Name} went from {(double)control.Events / control.Units:P1} to {(double)treatment.Events / treatment.Units:P1}, which is more than chance.");

    private static bool IsHarm(GuardrailPlan plan, ConfidenceSequenceResult test, double alpha) =>
        test.PValue <= alpha && (plan.Limit.LowerIsBetter ? test.Effect > 0 : test.Effect < 0);
}
