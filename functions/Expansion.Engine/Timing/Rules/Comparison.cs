using System.Globalization;

namespace Expansion.Engine.Timing.Rules;

/// <summary>What a fact is compared with.</summary>
internal abstract record Comparison
{
    public abstract bool Holds(object value);

    public abstract string Sentence(string subject);
}

internal sealed record IsTrue(bool Expected) : Comparison
{
    public override bool Holds(object value) => (bool)value == Expected;

    public override string Sentence(string subject) => Expected ? subject : $"it is not so that {subject}";
}

internal sealed record IsOneOf(IReadOnlyList<string> Words, bool Expected) : Comparison
{
    public override bool Holds(object value) => Words.Contains((string)value, StringComparer.OrdinalIgnoreCase) == Expected;

    public override string Sentence(string subject) => $"{subject} is {(Expected ? "" : "not ")}{string.Join(" or ", Words)}";
}

/// <summary>From low to high; either end may be open (missing) or not belong to it.</summary>
internal sealed record InRange(double? Low, double? High, bool WithEnds) : Comparison
{
    public override bool Holds(object value) =>
        (double)value is var number && (WithEnds ? !(number < Low) && !(number > High) : !(number <= Low) && !(number >= High));

    public override string Sentence(string subject) => (Low, High, WithEnds) switch
    {
        ({ } low, { } high, _) => $"{subject} is between {Text(low)} and {Text(high)}",
        ({ } low, _, true) => $"{subject} is at least {Text(low)}",
        ({ } low, _, false) => $"{subject} is above {Text(low)}",
        (_, { } high, true) => $"{subject} is at most {Text(high)}",
        (_, { } high, false) => $"{subject} is below {Text(high)}",
        _ => $"{subject} is known",
    };

    private static string Text(double number) => number.ToString("#,0.##", CultureInfo.InvariantCulture);
}
