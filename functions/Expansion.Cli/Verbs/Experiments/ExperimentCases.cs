using System.Text.Json;
using Expansion.Engine.Experiments.Bayes;
using Expansion.Engine.Experiments.Comparisons;
using Expansion.Engine.Experiments.Guardrails;
using Expansion.Engine.Experiments.Multiplicity;
using Expansion.Engine.Experiments.Planning;
using Expansion.Engine.Experiments.Sequential;
using Expansion.Engine.Experiments.Statistics;
using Expansion.Engine.Experiments.Traffic;
using Expansion.Engine.Experiments.Verdicts;

namespace Expansion.Cli.Verbs.Experiments;

/// <summary>Every method of experiments_reference.json and what answers it.</summary>
internal static class ExperimentCases
{
    public static IReadOnlyDictionary<string, Func<JsonElement, object>> Kinds { get; } = new Dictionary<string, Func<JsonElement, object>>
    {
        ["two_proportion_z"] = CaseFile.Kind<RatesInput>(it => TwoProportionTest.Compare(it.Control, it.Treatment, it.Alpha)),
        ["mean_ttest"] = CaseFile.Kind<MeansInput>(it => WelchTest.Compare(it.Control, it.Treatment, it.Difference, it.Alpha)),
        ["ratio_delta"] = CaseFile.Kind<RatioInput>(it => RatioTest.Compare(it.Control.Sums, it.Treatment.Sums, it.Difference, it.Alpha)),
        ["cuped"] = CaseFile.Kind<CupedInput>(it => CupedTest.Compare(it.Control.Sums, it.Treatment.Sums, it.Difference, it.Alpha)),
        ["asymp_cs"] = CaseFile.Kind<ConfidenceSequenceInput>(it => ConfidenceSequence.At(it.Control, it.Treatment, it.Scale, it.NStar, it.Alpha)),
        ["label_eprocess"] = CaseFile.Kind<LabelInput>(it =>
            new LabelTest(it.WeightControl, it.WeightTreatment, it.Mde, it.Alpha).Run(it.Looks.Select(look => look is [var control, var treatment, ..] ? (control, treatment) : throw TooShort()))),
        ["planned_sequential"] = CaseFile.Kind<PlannedInput>(it =>
            PlannedSequentialTest.ForLift(PlannedBoundary.Of(it.Alpha, it.Power), it.Mde, it.MinConversions)
                .Run(it.Looks.Select(look => look is [var n, var conversions, var treated, var converted, ..]
                    ? (new ConversionStatistic(n, conversions), new ConversionStatistic(treated, converted)) : throw TooShort()))),
        ["planned_sequential_mean"] = CaseFile.Kind<PlannedMeanInput>(it =>
            PlannedSequentialTest.ForMean(PlannedBoundary.Of(it.Alpha, it.Power), it.Mde, it.PlannedMean, it.MinConversions)
                .Run(it.Looks.Select(look => (look.Control.Sums, look.Treatment.Sums)))),
        ["group_bounds"] = CaseFile.Kind<GroupBoundsInput>(it => GroupBounds.Of(it.Fractions, it.Kind, it.Alpha, it.Delta)),
        ["label_plan"] = CaseFile.Kind<LabelPlanInput>(it => LabelPlan.Of(it.SMin, it.SMax, it.Lift, it.Alpha, it.Delta)),
        ["bayes_beta"] = CaseFile.Kind<RatesInput>(it => ChanceToWin.Of(it.Control, it.Treatment, it.PriorAlpha, it.PriorBeta, it.Alpha)),
        ["bayes_gaussian"] = CaseFile.Kind<EffectInput>(it => ChanceToWin.Of(it.Effect, it.Se, it.PriorMean, it.PriorSd, it.Alpha)),
        ["srm_chi2"] = CaseFile.Kind<SampleRatioInput>(it => SampleRatioTest.Of(it.Observed, it.Weights, it.Threshold)),
        ["srm_sequential"] = CaseFile.Kind<SampleRatioRunInput>(it => SequentialSampleRatioTest.Run(it.Batches, it.Weights, it.K, it.Alpha)),
        ["non_inferiority_rate"] = CaseFile.Kind<RateGuardrailInput>(it =>
            NonInferiorityTest.OfRate(it.Control, it.Treatment, new HarmLimit(it.Margin, it.MaxObserved, it.LowerIsBetter, it.Alpha))),
        ["non_inferiority_mean"] = CaseFile.Kind<MeanGuardrailInput>(it =>
            NonInferiorityTest.OfMean(it.Control, it.Treatment, new HarmLimit(it.Margin, it.MaxObserved, it.LowerIsBetter, it.Alpha))),
        ["multiplicity"] = CaseFile.Kind<MultiplicityInput>(it => PValueAdjustment.Adjust(it.PValues, it.Method, it.Alpha)),
        ["e_bh"] = CaseFile.Kind<EValuesInput>(it => EValueSelection.Select(it.EValues, it.Alpha)),
        ["sample_size_proportion"] = CaseFile.Kind<ProportionPlanInput>(it => SampleSize.OfProportion(it.Baseline, it.MdeRel, it.Settings, it.Traffic)),
        ["sample_size_mean"] = CaseFile.Kind<MeanPlanInput>(it => SampleSize.OfMean(it.Mean, it.Sd, it.MdeRel, it.Settings, it.CupedR2, it.Traffic)),
        ["sample_size_noninferiority"] = CaseFile.Kind<NonInferiorityPlanInput>(it =>
            SampleSize.OfNonInferiority(it.Rate, it.Margin, it.TrueRel, it.LowerIsBetter, it.Alpha, it.Power)),
        ["mde"] = CaseFile.Kind<DetectableInput>(it =>
            new { MdeRel = SampleSize.DetectableLift(it.Baseline, it.NPerArm, new PlanSettings(it.Alpha, it.Power, it.Ratio, it.Arms)) }),
        ["winsorize"] = CaseFile.Kind<WinsorizeInput>(it => Winsorized.Of(it.Control, it.Treatment, it.Percentile, it.IgnoreZeros)),
        ["shrunk_lift"] = CaseFile.Kind<ShrunkInput>(it => ShrunkLift.Of(it.LogEffect, it.Se, it.PriorSd)),
        ["decision"] = CaseFile.Kind<DecisionInput>(it =>
            DecisionRule.Decide(it.Settings, it.Days, new ArmReading(it.Control), [.. it.Treatments.Select(treatment => treatment.Reading)])),
    };

    private static ArgumentException TooShort() => new("a look has too few numbers.");
}
