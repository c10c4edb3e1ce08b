using Expansion.Engine.Offers;
using Expansion.Engine.Timing.Rules;

namespace Expansion.Engine.Timing;

/// <summary>A moment that gives a reason to offer.</summary>
/// <param name="Name">The trigger, or rule:id.</param>
/// <param name="Key">The very moment: it is spoken about once.</param>
/// <param name="Rule">The rule it comes from; null for a trigger.</param>
public sealed record Occasion(string Name, string Key, string Reason, DateTimeOffset? TimelyUntil, Rule? Rule);

public sealed record RuleReading(string Rule, int Version, bool Fired, string Sentence);

/// <summary>Everything that speaks for and against an offer at one touchpoint at one moment.</summary>
/// <param name="Occasions">What fired there and wasn't spoken about yet; rules first, since somebody wrote them for the case.</param>
/// <param name="Against">What speaks against an offer; looked for when it is asked for, since mostly there is no occasion.</param>
/// <param name="AgainAt">When to look again although nothing may happen till then; null when there is no need.</param>
public sealed record TimingReading(
    IReadOnlyList<TriggerReading> Triggers, IReadOnlyList<RuleReading> Rules, IReadOnlyList<Occasion> Occasions, Lazy<IReadOnlyList<Suppression>> Against, DateTimeOffset? AgainAt)
{
    public IReadOnlyList<Suppression> Suppressions => Against.Value;

    public bool MaySpeak => Occasions.Count > 0 && Suppressions.Count == 0;
}

/// <summary>Reads every trigger, rule and suppression.</summary>
public static class TimingEvaluator
{
    public static TimingReading Read(TimingContext context, RuleSet rules)
    {
        var on = TimingTriggers.All.Where(trigger => !context.Settings.TriggersOff.Contains(trigger.Name)).ToList();
        var triggers = on.ConvertAll(trigger => trigger.Read(context));
        var ours = rules.Rules.Where(rule => rule.Enabled && rule.IsFor(context.Touchpoint)).Select(rule => (Rule: rule, Holds: rule.When.Holds(context))).ToList();
        var here = on.Zip(triggers).Where(pair => pair.First.Touchpoints.Contains(context.Touchpoint)).Select(pair => pair.Second).ToList();
        List<Occasion> occasions =
        [
            .. ours.Where(rule => rule.Holds).Select(rule => new Occasion($"rule:{rule.Rule.Id}", rule.Rule.Occasion(context), rule.Rule.Sentence, null, rule.Rule)),
            .. here.Where(trigger => trigger.Fired).Select(trigger => new Occasion(trigger.Trigger, trigger.Occasion!, trigger.Reason, trigger.TimelyUntil, null)),
        ];
        occasions.RemoveAll(occasion => context.Customer.Offers.Made.Exists(made => made.Occasion == occasion.Key));
        var against = new Lazy<IReadOnlyList<Suppression>>(() => [.. TimingSuppressions.All.Select(suppression => suppression.Check(context)).OfType<Suppression>()]);
        return new(
            triggers,
            [.. ours.Select(rule => new RuleReading(rule.Rule.Id, rule.Rule.Version, rule.Holds, rule.Rule.Sentence))],
            occasions,
            against,
            context.Touchpoint.IsPushed() ? AgainAt(context, here, occasions, against) : null);
    }

    /// <summary>The earliest time at which a trigger may fire by itself, or at which all that suppresses a moment has ended, if that is still timely then.</summary>
    private static DateTimeOffset? AgainAt(TimingContext context, List<TriggerReading> here, List<Occasion> occasions, Lazy<IReadOnlyList<Suppression>> against)
    {
        var ends = occasions.Count > 0 && against.Value.All(suppression => suppression.Until is not null) ? against.Value.Max(suppression => suppression.Until) : null;
        var free = occasions.Exists(occasion => !(occasion.TimelyUntil < ends)) ? ends : null;
        return here.Select(trigger => trigger.AgainAt).Append(free).Where(at => at > context.Now).Min();
    }
}
