using Expansion.Engine.Experiments.Comparisons;
using Expansion.Engine.Experiments.Statistics;

namespace Expansion.Engine.Experiments.Guardrails;

public enum GuardrailVerdict
{
    Pass,
    Fail,
    Pending,
}

public enum NonInferiorityStatus
{
    Ok,
    NoData,
    ZeroEvents,
    Degenerate,
}

/// <param name="RelChange">treatment/control − 1.</param>
/// <param name="Bound">How bad the change may be, at one-sided 1 − α.</param>
/// <param name="PValue">Of "at least as harmful as the margin".</param>
public sealed record NonInferiorityResult(NonInferiorityStatus Status, double? RelChange, double? Bound, double? PValue, GuardrailVerdict Verdict);

/// <summary>How much harm is tolerable.</summary>
/// <param name="Margin">The one-sided bound must stay inside it: 0.2 is 20 % of control.</param>
/// <param name="MaxObserved">A plain change beyond it fails, however noisy; the margin when not given.</param>
/// <param name="LowerIsBetter">True of returns and complaints, false of retention and satisfaction.</param>
public sealed record HarmLimit(double Margin, double? MaxObserved, bool LowerIsBetter, double Alpha = 0.05);

/// <summary>How many units (matured orders, customers) an arm has and how many of them had the event.</summary>
public readonly record struct EventCount(long Units, long Events)
{
    public static EventCount operator +(EventCount left, EventCount right) => new(left.Units + right.Units, left.Events + right.Events);

    public static EventCount Add(EventCount left, EventCount right) => left + right;
}

/// <summary>
/// "Not significantly worse" is no guardrail: with 417 orders it passes a true +30 % return rate 72 times in 100. Here treatment has to prove that it
/// isn't worse than the margin (Schultzberg, Ankargren, Frånberg 2024, arXiv 2402.11609).
/// </summary>
public static class NonInferiorityTest
{
    /// <summary>On the logarithm of the ratio of rates, se² = (1 − rA)/eA + (1 − rB)/eB.</summary>
    public static NonInferiorityResult OfRate(EventCount control, EventCount treatment, HarmLimit limit)
    {
        if (control.Units < 1 || treatment.Units < 1)
        {
            return new(NonInferiorityStatus.NoData, null, null, null, GuardrailVerdict.Pending);
        }

        var ratio = TwoProportionTest.LogRatio(new(control.Units, control.Events), new(treatment.Units, treatment.Events));
        if (ratio is not { } log)
        {
            return new(NonInferiorityStatus.ZeroEvents, null, null, null, GuardrailVerdict.Pending);
        }

        var change = Math.Exp(log.Value) - 1;
        return Effect.Of(log.Value, log.Variance) is { } effect
            ? Judge(effect, change, value => Math.Exp(value) - 1, Math.Log(1 + limit.Margin), Math.Log(1 - limit.Margin), limit)
            : new(NonInferiorityStatus.Degenerate, change, null, null, Beyond(change, limit) ? GuardrailVerdict.Fail : GuardrailVerdict.Pending);
    }

    /// <summary>On the relative change of a mean, normal quantiles.</summary>
    public static NonInferiorityResult OfMean(MeanStatistic control, MeanStatistic treatment, HarmLimit limit)
    {
        if (control.Count < 1 || treatment.Count < 1)
        {
            return new(NonInferiorityStatus.NoData, null, null, null, GuardrailVerdict.Pending);
        }

        return control.Estimate is { } a && treatment.Estimate is { } b && Effect.Relative(a, b) is { } effect
            ? Judge(effect, effect.Value, value => value, limit.Margin, -limit.Margin, limit)
            : new(NonInferiorityStatus.Degenerate, null, null, null, GuardrailVerdict.Pending);
    }

    private static NonInferiorityResult Judge(Effect effect, double change, Func<double, double> toChange, double upper, double lower, HarmLimit limit)
    {
        var reach = Normal.Width(2 * limit.Alpha) * effect.Se;
        var bound = toChange(limit.LowerIsBetter ? effect.Value + reach : effect.Value - reach);
        var p = limit.LowerIsBetter ? Normal.Below((effect.Value - upper) / effect.Se) : Normal.Above((effect.Value - lower) / effect.Se);
        var inside = limit.LowerIsBetter ? bound <= limit.Margin : bound >= -limit.Margin;
        var verdict = Beyond(change, limit) ? GuardrailVerdict.Fail : inside ? GuardrailVerdict.Pass : GuardrailVerdict.Pending;
        return new(NonInferiorityStatus.Ok, change, bound, p, verdict);
    }

    private static bool Beyond(double change, HarmLimit limit) => (limit.LowerIsBetter ? change : -change) > (limit.MaxObserved ?? limit.Margin);
}
