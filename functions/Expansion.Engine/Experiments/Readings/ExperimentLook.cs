using Expansion.Engine.Experiments.Planning;
using Expansion.Engine.Experiments.Sequential;
using Expansion.Engine.Experiments.Statistics;
using Expansion.Engine.Experiments.Verdicts;

namespace Expansion.Engine.Experiments.Readings;

/// <summary>What was known of the effects when somebody looked: one point of their course over time.</summary>
/// <param name="At">When.</param>
/// <param name="Treatments">In the order of the definition.</param>
public sealed record ExperimentLook(DateTimeOffset At, IReadOnlyList<TreatmentEffects> Treatments);

/// <summary>One treatment against control. All are relative changes, 0.1 is 10 % more; null while too little is known.</summary>
/// <param name="Revenue">A visitor's, capped, net of returns.</param>
/// <param name="Margin">A visitor's revenue less costs.</param>
public sealed record TreatmentEffects(string Name, AlwaysValidEffect? Conversion, AlwaysValidEffect? Revenue, AlwaysValidEffect? Margin)
{
    /// <summary>Conversions of either arm below which a confidence sequence, which is asymptotic, says more than it knows.</summary>
    private const long MinConversions = 20;

    /// <summary>
    /// A rate guessed before the start, of which follows where the intervals are tightest. It may not come from the data, or they wouldn't be valid; a wrong guess
    /// makes them somewhat wider.
    /// </summary>
    private const double GuessedRate = 0.05;

    public static IReadOnlyList<TreatmentEffects> Of(IReadOnlyList<string> names, DecisionSettings settings, ArmSums control, IReadOnlyList<ArmSums> treatments)
    {
        var plan = SampleSize.OfProportion(GuessedRate, settings.Mde, new(settings.Alpha, settings.Power, 1, treatments.Count + 1));
        var tunedFor = 0.6 * (plan.NControl + plan.NTreatment ?? settings.MinConversions / GuessedRate);
        return [.. treatments.Select((treatment, i) => Of(names[i], control, treatment, tunedFor, settings.Alpha / treatments.Count))];
    }

    private static TreatmentEffects Of(string name, ArmSums control, ArmSums treatment, double tunedFor, double alpha)
    {
        if (Math.Min(control.Conversions.Conversions, treatment.Conversions.Conversions) < MinConversions)
        {
            return new(name, null, null, null);
        }

        var rate = ConfidenceSequence.At(control.Conversions, treatment.Conversions, RateScale.LogRateRatio, tunedFor, alpha);
        return new(
            name,
            AlwaysValidEffect.Of(rate.Effect is { } log ? Math.Exp(log) - 1 : null, rate.LiftCi),
            OfMean(control.CappedRevenue, treatment.CappedRevenue),
            OfMean(control.Margin, treatment.Margin));

        AlwaysValidEffect? OfMean(MeanStatistic a, MeanStatistic b)
        {
            var mean = ConfidenceSequence.At(a, b, tunedFor, alpha);
            return AlwaysValidEffect.Of(mean.Effect, mean.Ci);
        }
    }
}

/// <summary>A relative change and where it may lie: with 95 % confidence at all looks together, so that a chart of it over time may be watched every day.</summary>
public sealed record AlwaysValidEffect(double Value, Interval Interval)
{
    internal static AlwaysValidEffect? Of(double? value, Interval? interval) => value is { } known && interval is { } within ? new(known, within) : null;
}
