using Expansion.Engine.Recommendations;

namespace Expansion.Engine.Timing;

/// <summary>A reason to offer. Stateless: what it needs of the customer, the shop and its options is in the context.</summary>
public interface ITimingTrigger
{
    /// <summary>What settings, rejections and the ledger refer to.</summary>
    string Name { get; }

    /// <summary>Where its moment can be used, best first.</summary>
    IReadOnlyList<Touchpoint> Touchpoints { get; }

    TriggerReading Read(TimingContext context);
}

/// <summary>What a trigger says at one moment, and why.</summary>
/// <param name="Reason">One sentence, with the numbers.</param>
public sealed record TriggerReading(string Trigger, bool Fired, string Reason)
{
    /// <summary>The very moment: it is spoken about once, however often the trigger is read.</summary>
    public string? Occasion { get; init; }

    /// <summary>Until when the moment is timely.</summary>
    public DateTimeOffset? TimelyUntil { get; init; }

    /// <summary>When to look again although nothing may have happened till then.</summary>
    public DateTimeOffset? AgainAt { get; init; }
}

internal static class TriggerAnswers
{
    public static TriggerReading Fires(this ITimingTrigger trigger, string occasion, DateTimeOffset timelyUntil, FormattableString reason) =>
        new(trigger.Name, true, FormattableString.Invariant(reason)) { Occasion = $"{trigger.Name}:{occasion}", TimelyUntil = timelyUntil };

    public static TriggerReading No(this ITimingTrigger trigger, FormattableString reason) => new(trigger.Name, false, FormattableString.Invariant(reason));

    public static TriggerReading NotYet(this ITimingTrigger trigger, DateTimeOffset again, FormattableString reason) => trigger.No(reason) with { AgainAt = again };
}
