using Expansion.Engine.Experiments.Statistics;

namespace Expansion.Engine.Experiments.Guardrails;

/// <summary>What a guardrail says of one treatment. Pending when it can't be read yet: not matured, or fewer than 30 events in an arm.</summary>
/// <param name="Name">E.g. returns; what a reason refers to.</param>
/// <param name="Bound">How bad the change may be, at one-sided 95 %; null while it can't be read.</param>
public sealed record GuardrailReading(string Name, GuardrailVerdict Verdict, double? Bound)
{
    public const long DefaultMinEvents = 30;

    /// <param name="mature">The time after exposure in which the event may happen has passed for everybody counted.</param>
    public static GuardrailReading OfRate(string name, EventCount control, EventCount treatment, HarmLimit limit, bool mature, long minEvents = DefaultMinEvents) =>
        mature && Math.Min(control.Events, treatment.Events) >= minEvents
            ? Read(name, NonInferiorityTest.OfRate(control, treatment, limit))
            : new(name, GuardrailVerdict.Pending, null);

    /// <inheritdoc cref="OfRate"/>
    public static GuardrailReading OfMean(string name, MeanStatistic control, MeanStatistic treatment, HarmLimit limit, bool mature) =>
        mature ? Read(name, NonInferiorityTest.OfMean(control, treatment, limit)) : new(name, GuardrailVerdict.Pending, null);

    private static GuardrailReading Read(string name, NonInferiorityResult result) => new(name, result.Verdict, result.Bound);
}
