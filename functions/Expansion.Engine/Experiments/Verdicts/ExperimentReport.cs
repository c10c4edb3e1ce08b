using Expansion.Engine.Experiments.Bayes;
using Expansion.Engine.Experiments.Comparisons;
using Expansion.Engine.Experiments.Multiplicity;
using Expansion.Engine.Experiments.Statistics;

namespace Expansion.Engine.Experiments.Verdicts;

/// <summary>All sums of one arm, over visitors whose window has closed. Days combine with +.</summary>
public readonly record struct ArmSums
{
    public ConversionStatistic Conversions { get; init; }

    /// <summary>Net of returns, not capped.</summary>
    public MeanStatistic Revenue { get; init; }

    /// <summary>Capped at a percentile of order values that was fixed before the start.</summary>
    public MeanStatistic CappedRevenue { get; init; }

    public MeanStatistic Margin { get; init; }

    /// <summary>A visitor's revenue over their orders.</summary>
    public BivariateStatistic OrderValue { get; init; }

    /// <summary>A visitor's capped revenue, and the same from before their first exposure.</summary>
    public BivariateStatistic BeforeAndAfter { get; init; }

    public static ArmSums operator +(ArmSums left, ArmSums right) => new()
    {
        Conversions = left.Conversions + right.Conversions,
        Revenue = left.Revenue + right.Revenue,
        CappedRevenue = left.CappedRevenue + right.CappedRevenue,
        Margin = left.Margin + right.Margin,
        OrderValue = left.OrderValue + right.OrderValue,
        BeforeAndAfter = left.BeforeAndAfter + right.BeforeAndAfter,
    };

    public static ArmSums Add(ArmSums left, ArmSums right) => left + right;
}

/// <summary>Everything shown beside the decision. None of it stops a test: these are single-look figures, and watched they are wrong far more often than 5 times in 100.</summary>
public sealed record TreatmentReport(
    TwoProportionResult Conversion,
    MeanComparison RevenuePerVisitor,
    MeanComparison CappedRevenuePerVisitor,
    MeanComparison MarginPerVisitor,
    RatioComparison AverageOrderValue,
    CupedComparison Cuped,
    RateReadout ChanceToWin)
{
    /// <summary>p of conversion, corrected by Holm for the number of treatments; null without data.</summary>
    public double? AdjustedPValue { get; init; }

    /// <summary>What to expect after roll-out, the observed lift being an overstatement; null where there is no lift.</summary>
    public ShrunkLift? Forecast { get; init; }

    /// <summary>Capped and uncapped revenue point in different directions: a few large orders decide.</summary>
    public bool CapChangesSign => RevenuePerVisitor.Effect * CappedRevenuePerVisitor.Effect < 0;

    /// <summary>One report for each treatment.</summary>
    public static IReadOnlyList<TreatmentReport> Of(ArmSums control, IReadOnlyList<ArmSums> treatments)
    {
        var reports = treatments.Select(treatment => Of(control, treatment)).ToList();
        var adjusted = PValueAdjustment.Adjust([.. reports.Select(report => report.Conversion.PValue ?? 1)], Correction.Holm).Adjusted;
        return [.. reports.Select((report, i) => report with { AdjustedPValue = report.Conversion.PValue is null ? null : adjusted[i] })];
    }

    private static TreatmentReport Of(ArmSums control, ArmSums treatment) => new(
        TwoProportionTest.Compare(control.Conversions, treatment.Conversions),
        WelchTest.Compare(control.Revenue, treatment.Revenue),
        WelchTest.Compare(control.CappedRevenue, treatment.CappedRevenue),
        WelchTest.Compare(control.Margin, treatment.Margin),
        RatioTest.Compare(control.OrderValue, treatment.OrderValue),
        CupedTest.Compare(control.BeforeAndAfter, treatment.BeforeAndAfter),
        Bayes.ChanceToWin.Of(control.Conversions, treatment.Conversions))
    {
        Forecast = TwoProportionTest.LogRatio(control.Conversions, treatment.Conversions) is { } ratio ? ShrunkLift.Of(ratio.Value, Math.Sqrt(ratio.Variance)) : null,
    };
}
