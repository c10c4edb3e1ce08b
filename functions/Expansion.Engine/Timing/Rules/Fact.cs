namespace Expansion.Engine.Timing.Rules;

/// <summary>How a fact is typed, and so what it can be compared with.</summary>
public enum FactKind
{
    Flag,
    Text,
    Number,
}

/// <summary>Something a rule can ask about a customer.</summary>
/// <param name="Parameters">What it has to be told; those that end in ? may be left out.</param>
internal sealed record Fact(string Name, FactKind Kind, IReadOnlyList<string> Parameters, Func<TimingContext, FactArguments, object?> Read, Func<FactArguments, string> Phrase);

/// <summary>What a test tells its fact.</summary>
internal sealed record FactArguments(IReadOnlyDictionary<string, string> Texts, int? Days)
{
    public string this[string name] => Texts[name];

    public string? Find(string name) => Texts.GetValueOrDefault(name);

    public string InDays => Days is { } days ? FormattableString.Invariant($" in the last {days} days") : "";
}
