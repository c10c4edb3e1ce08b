using System.Text.Json;
using Expansion.Engine.Recommendations;

namespace Expansion.Engine.Timing.Rules;

/// <summary>A reason to offer that somebody wrote down: when a condition holds, an action. Data only; nothing in it runs code.</summary>
/// <param name="Id">1 to 64 of a-z, 0-9 and hyphens.</param>
/// <param name="Touchpoints">Where it counts; empty for everywhere the customer is, which leaves out what is sent.</param>
/// <param name="Document">The JSON it was read from.</param>
public sealed record Rule(string Id, string? Name, bool Enabled, IReadOnlyList<Touchpoint> Touchpoints, Condition When, RuleAction Then, string Document)
{
    /// <summary>Goes up with every save.</summary>
    public int Version { get; init; } = 1;

    /// <summary>The rule as an English sentence.</summary>
    public string Sentence => $"When {When.Sentence}, {Then.Sentence}.";

    /// <summary>Once a month of the shop for each customer.</summary>
    public string Occasion(TimingContext context) => FormattableString.Invariant($"rule:{Id}:{context.Today:yyyy-MM}");

    public bool IsFor(Touchpoint touchpoint) => Touchpoints.Count == 0 ? !Offers.Channels.IsPushed(touchpoint) : Touchpoints.Contains(touchpoint);

    /// <exception cref="JsonException">The text is no valid rule.</exception>
    public static Rule Read(string document, int version)
    {
        using var json = JsonDocument.Parse(document);
        var (rule, errors) = RuleParser.Parse(json.RootElement);
        return rule is null ? throw new JsonException($"A stored rule is not valid: {string.Join("; ", errors)}") : rule with { Version = version };
    }
}

/// <summary>A shop's rules. <see cref="Version"/> changes with every change of any.</summary>
public sealed record RuleSet(string Version, IReadOnlyList<Rule> Rules)
{
    public static RuleSet None { get; } = new("0", []);

    public static RuleSet Of(IEnumerable<Rule> rules)
    {
        var all = rules.OrderBy(rule => rule.Id, StringComparer.Ordinal).ToList();
        return all.Count == 0 ? None : new(string.Join(' ', all.Select(rule => FormattableString.Invariant($"{rule.Id}@{rule.Version}"))), all);
    }
}
