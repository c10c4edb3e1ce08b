namespace Expansion.Engine.Timing.Rules;

/// <summary>A condition tree: all, any, not, and tests of facts at its leaves.</summary>
public abstract record Condition
{
    public abstract string Sentence { get; }

    public abstract bool Holds(TimingContext context);
}

internal sealed record AllOf(IReadOnlyList<Condition> Parts) : Condition
{
    public override string Sentence => string.Join(" and ", Parts.Select(part => part is AnyOf { Parts.Count: > 1 } ? $"({part.Sentence})" : part.Sentence));

    public override bool Holds(TimingContext context) => Parts.All(part => part.Holds(context));
}

internal sealed record AnyOf(IReadOnlyList<Condition> Parts) : Condition
{
    public override string Sentence => string.Join(" or ", Parts.Select(part => part is AllOf { Parts.Count: > 1 } ? $"({part.Sentence})" : part.Sentence));

    public override bool Holds(TimingContext context) => Parts.Any(part => part.Holds(context));
}

internal sealed record Not(Condition Part) : Condition
{
    public override string Sentence => $"it is not so that {(Part is FactTest ? Part.Sentence : $"({Part.Sentence})")}";

    public override bool Holds(TimingContext context) => !Part.Holds(context);
}

/// <summary>One fact against what it is compared with. A fact that isn't known passes no test.</summary>
internal sealed record FactTest(Fact Fact, FactArguments Arguments, Comparison Comparison) : Condition
{
    public override string Sentence => Comparison.Sentence(Fact.Phrase(Arguments));

    public override bool Holds(TimingContext context) => Fact.Read(context, Arguments) is { } value && Comparison.Holds(value);
}
