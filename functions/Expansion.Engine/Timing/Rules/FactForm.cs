namespace Expansion.Engine.Timing.Rules;

/// <summary>A fact as a form for rules needs it.</summary>
/// <param name="Parameters">What a test has to tell it; those that end in ? may be left out. All are texts but days, a whole number from 1 to <see cref="RuleParser.MaxDays"/>.</param>
/// <param name="Tests">What it can be compared by. A flag's is true or false, a text's takes one or several, a number's one number, but between's two.</param>
public sealed record FactForm(string Name, FactKind Kind, IReadOnlyList<string> Parameters, IReadOnlyList<string> Tests)
{
    public static IReadOnlyList<FactForm> All { get; } =
        [.. FactVocabulary.All.Values.Select(fact => new FactForm(fact.Name, fact.Kind, fact.Parameters, FactTestParser.Operators[fact.Kind]))];
}
