using System.Globalization;

namespace Expansion.Engine.Affinity.Listing;

/// <summary>Pairs as CSV (RFC 4180, lines ending in \n): numbers as exact as they are, lists as numbers with blanks between, empty where nothing is known.</summary>
public static class PairCsv
{
    public static string Header { get; } = string.Join(',', PairFields.Names);

    public static string Line(ListedPair pair) => string.Join(',', PairFields.Values(pair).Select(Text));

    public static string Quote(string text) => text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>One value as it stands in a line.</summary>
    public static string Text(object? value) => value switch
    {
        null => "",
        string text => Quote(text),
        bool yes => yes ? "true" : "false",
        IEnumerable<int> numbers => string.Join(' ', numbers),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => throw new ArgumentException($"A {value.GetType()} has no form in CSV."),
    };
}
