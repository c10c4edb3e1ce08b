using System.Text.Json.Serialization;
using Expansion.Engine.Experiments.Guardrails;
using Expansion.Engine.Experiments.Multiplicity;
using Expansion.Engine.Experiments.Planning;
using Expansion.Engine.Experiments.Sequential;
using Expansion.Engine.Experiments.Statistics;
using Expansion.Engine.Experiments.Verdicts;

namespace Expansion.Cli.Verbs.Experiments;

// What stands under "input" in the cases of experiments_reference.json, method by method.
internal sealed record RatesInput(ConversionStatistic Control, ConversionStatistic Treatment, double Alpha = 0.05, double PriorAlpha = 1, double PriorBeta = 1);

internal sealed record MeansInput(MeanStatistic Control, MeanStatistic Treatment, Difference Difference = Difference.Relative, double Alpha = 0.05);

internal sealed record RatioArm(long Visitors, double SumNum, double SumsqNum, double SumDen, double SumsqDen, double SumProd)
{
    public BivariateStatistic Sums => new(Visitors, SumNum, SumsqNum, SumDen, SumsqDen, SumProd);
}

internal sealed record RatioInput(RatioArm Control, RatioArm Treatment, Difference Difference = Difference.Relative, double Alpha = 0.05);

internal sealed record CupedArm(long Visitors, double SumPost, double SumsqPost, double SumPre, double SumsqPre, double SumProd)
{
    public BivariateStatistic Sums => new(Visitors, SumPost, SumsqPost, SumPre, SumsqPre, SumProd);
}

internal sealed record CupedInput(CupedArm Control, CupedArm Treatment, Difference Difference = Difference.Relative, double Alpha = 0.05);

internal sealed record ConfidenceSequenceInput(
    ConversionStatistic Control, ConversionStatistic Treatment, double NStar, RateScale Scale = RateScale.LogRateRatio, double Alpha = 0.05);

internal sealed record LabelInput(IReadOnlyList<long[]> Looks, double Mde, double WeightControl = 1, double WeightTreatment = 1, double Alpha = 0.05);

internal sealed record PlannedInput(IReadOnlyList<long[]> Looks, double Mde, double Alpha = 0.05, double Power = 0.8, long MinConversions = 200);

internal sealed record RevenueArm(long Visitors, long Conversions, double Sum, double SumSquares)
{
    [JsonIgnore]
    public RevenueStatistic Sums => new(new(Visitors, Sum, SumSquares), Conversions);
}

internal sealed record RevenueLook(RevenueArm Control, RevenueArm Treatment);

internal sealed record PlannedMeanInput(
    IReadOnlyList<RevenueLook> Looks, double PlannedMean, double Mde, double Alpha = 0.05, double Power = 0.8, long MinConversions = 200);

internal sealed record GroupBoundsInput(IReadOnlyList<double> Fractions, BoundaryFamily Kind, double Alpha = 0.05, double Delta = 0.25);

internal sealed record LabelPlanInput(int SMin, int SMax, double Lift, double Alpha = 0.05, double Delta = 0.25);

internal sealed record EffectInput(double Effect, double Se, double PriorMean = 0, double? PriorSd = null, double Alpha = 0.05);

internal sealed record SampleRatioInput(IReadOnlyList<long> Observed, IReadOnlyList<double> Weights, double Threshold = 0.001);

internal sealed record SampleRatioRunInput(IReadOnlyList<long[]> Batches, IReadOnlyList<double> Weights, double K = 1000, double Alpha = 0.01);

internal sealed record RateGuardrailInput(
    EventCount Control, EventCount Treatment, double Margin, bool LowerIsBetter, double? MaxObserved = null, double Alpha = 0.05);

internal sealed record MeanGuardrailInput(
    MeanStatistic Control, MeanStatistic Treatment, double Margin, bool LowerIsBetter, double? MaxObserved = null, double Alpha = 0.05);

internal sealed record MultiplicityInput(IReadOnlyList<double> PValues, Correction Method, double Alpha = 0.05);

internal sealed record EValuesInput(IReadOnlyList<double> EValues, double Alpha = 0.05);

internal sealed record ProportionPlanInput(
    double Baseline, double MdeRel, double Alpha = 0.05, double Power = 0.8, double Ratio = 1, int Arms = 2,
    double DailyVisitors = 0, double Allocation = 1, int MinDays = 14)
{
    public PlanSettings Settings => new(Alpha, Power, Ratio, Arms);

    public PlannedTraffic Traffic => new(DailyVisitors, Allocation, MinDays);
}

internal sealed record MeanPlanInput(
    double Mean, double Sd, double MdeRel, double CupedR2 = 0, double Alpha = 0.05, double Power = 0.8, double Ratio = 1, int Arms = 2,
    double DailyVisitors = 0, double Allocation = 1, int MinDays = 14)
{
    public PlanSettings Settings => new(Alpha, Power, Ratio, Arms);

    public PlannedTraffic Traffic => new(DailyVisitors, Allocation, MinDays);
}

internal sealed record NonInferiorityPlanInput(double Rate, double Margin, double TrueRel = 0, bool LowerIsBetter = true, double Alpha = 0.05, double Power = 0.8);

internal sealed record DetectableInput(double Baseline, double NPerArm, double Alpha = 0.05, double Power = 0.8, double Ratio = 1, int Arms = 2);

internal sealed record WinsorizeInput(IReadOnlyList<double> Control, IReadOnlyList<double> Treatment, double Percentile = 0.99, bool IgnoreZeros = true);

internal sealed record ShrunkInput(double LogEffect, double Se, double PriorSd = 0.1);

internal sealed record DecisionInput(int Days, DecisionSettings Settings, ConversionStatistic Control, IReadOnlyList<TreatmentInput> Treatments);

internal sealed record TreatmentInput(long Visitors, long Conversions, IReadOnlyList<GuardrailInput>? Guardrails = null)
{
    [JsonIgnore]
    public ArmReading Reading => new(new(Visitors, Conversions)) { Guardrails = [.. (Guardrails ?? []).Select(guardrail => guardrail.Read())] };
}

/// <summary>A rate has units and events, a mean visitors and sums.</summary>
internal sealed record GuardrailArm(long Units = 0, long Events = 0, long Visitors = 0, double Sum = 0, double SumSquares = 0);

internal sealed record GuardrailInput(
    string Name, GuardrailArm Control, GuardrailArm Treatment, double Margin, bool LowerIsBetter, double? MaxObserved = null, string Kind = "rate",
    bool Mature = true, long MinEvents = GuardrailReading.DefaultMinEvents, double Alpha = 0.05)
{
    public GuardrailReading Read()
    {
        var limit = new HarmLimit(Margin, MaxObserved, LowerIsBetter, Alpha);
        return Kind switch
        {
            "rate" => GuardrailReading.OfRate(Name, new(Control.Units, Control.Events), new(Treatment.Units, Treatment.Events), limit, Mature, MinEvents),
            "mean" => GuardrailReading.OfMean(Name, Means(Control), Means(Treatment), limit, Mature),
            _ => throw new ArgumentException($"A guardrail is a rate or a mean, not '{Kind}'."),
        };

        static MeanStatistic Means(GuardrailArm arm) => new(arm.Visitors, arm.Sum, arm.SumSquares);
    }
}
