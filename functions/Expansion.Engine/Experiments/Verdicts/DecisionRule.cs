using Expansion.Engine.Experiments.Comparisons;
using Expansion.Engine.Experiments.Guardrails;
using Expansion.Engine.Experiments.Sequential;
using Expansion.Engine.Experiments.Traffic;

namespace Expansion.Engine.Experiments.Verdicts;

/// <summary>Decides an experiment. The first rule that applies wins: an arm without visitors, wrong traffic, too early, the planned test, its guardrails.</summary>
public static class DecisionRule
{
    /// <summary>Of the statuses of several treatments, the first one here is the experiment's.</summary>
    private static readonly DecisionStatus[] Precedence =
    [
        DecisionStatus.Winner, DecisionStatus.ProvisionalWinner, DecisionStatus.Collecting, DecisionStatus.RejectedGuardrail, DecisionStatus.Inconclusive,
        DecisionStatus.Futility, DecisionStatus.Loser,
    ];

    /// <param name="days">Whole days since the start.</param>
    /// <exception cref="ArgumentException">The settings don't fit the arms.</exception>
    public static Decision Decide(DecisionSettings settings, int days, ArmReading control, IReadOnlyList<ArmReading> treatments)
    {
        if (treatments.Count == 0 || treatments.Append(control).Any(arm => arm.Conversions.Visitors == 0))
        {
            return new(DecisionStatus.NoData) { Reasons = ["empty_arm"] };
        }

        var observed = treatments.Prepend(control).Select(arm => arm.Conversions.Visitors).ToList();
        var traffic = SampleRatioTest.Of(observed, settings.Weights ?? [.. observed.Select(_ => 1.0)], settings.SrmThreshold);
        if (traffic.Mismatch)
        {
            return new(DecisionStatus.InvalidSrm) { Reasons = ["sample_ratio_mismatch"], SrmPValue = traffic.PValue };
        }

        var test = settings.TestOf(treatments.Count);
        var arms = treatments.Select(treatment => Judge(settings, test, days, control, treatment)).ToList();
        var status = Precedence.First(candidate => arms.Any(arm => arm.Status == candidate));
        var leaders = arms.Select((arm, index) => (Arm: arm, Index: index)).Where(arm => arm.Arm.Status == status).ToList();
        if (status is not (DecisionStatus.Winner or DecisionStatus.ProvisionalWinner))
        {
            return new(status) { Reasons = [.. leaders.SelectMany(leader => leader.Arm.Reasons).Distinct()], Arms = arms, SrmPValue = traffic.PValue };
        }

        var best = leaders.MaxBy(leader => leader.Arm.Lift);
        return new(status) { Winner = best.Index, Reasons = best.Arm.Reasons, Arms = arms, SrmPValue = traffic.PValue };
    }

    private static ArmDecision Judge(DecisionSettings settings, PlannedSequentialTest test, int days, ArmReading control, ArmReading treatment)
    {
        var lift = settings.PlannedMean is null
            ? TwoProportionTest.Lift(control.Conversions, treatment.Conversions)
            : WelchTest.Compare(control.Revenue, treatment.Revenue).Effect;
        var early = new List<string>();
        if (Math.Min(control.Conversions.Conversions, treatment.Conversions.Conversions) < settings.MinConversions)
        {
            early.Add("min_conversions");
        }

        if (days < settings.MinDays)
        {
            early.Add("min_runtime");
        }

        if (early.Count > 0)
        {
            return new(DecisionStatus.Collecting) { Reasons = early, Lift = lift };
        }

        var look = settings.PlannedMean is null
            ? test.Look(control.Conversions, treatment.Conversions, 0)
            : test.Look(control.RevenueStatistic, treatment.RevenueStatistic, 0);
        var arm = new ArmDecision(DecisionStatus.Collecting)
        {
            Lift = lift,
            Z = look.Z,
            Fraction = look.Fraction,
            Bound = look.EfficacyBound,
            PValue = look.PValue,
            Interval = look.LiftRci ?? look.DiffRci,
        };
        return look.Decision switch
        {
            SequentialDecision.WinnerTreatment => Guarded(arm, treatment.Guardrails),
            SequentialDecision.WinnerControl => arm with { Status = DecisionStatus.Loser },
            SequentialDecision.Futility => arm with { Status = DecisionStatus.Futility },
            SequentialDecision.Inconclusive => arm with { Status = DecisionStatus.Inconclusive },
            _ => arm with { Reasons = ["primary_not_significant"] },
        };
    }

    private static ArmDecision Guarded(ArmDecision arm, IReadOnlyList<GuardrailReading> guardrails)
    {
        var (failed, pending) = (Reasons(GuardrailVerdict.Fail, "guardrail_failed"), Reasons(GuardrailVerdict.Pending, "guardrail_pending"));
        return arm with
        {
            Status = failed.Count > 0 ? DecisionStatus.RejectedGuardrail : pending.Count > 0 ? DecisionStatus.ProvisionalWinner : DecisionStatus.Winner,
            Reasons = failed.Count > 0 ? failed : pending,
            Guardrails = guardrails,
        };

        List<string> Reasons(GuardrailVerdict verdict, string reason) =>
            [.. guardrails.Where(guardrail => guardrail.Verdict == verdict).Select(guardrail => $"{reason}:{guardrail.Name}")];
    }
}
