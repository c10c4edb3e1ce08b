using System.Collections.Frozen;

namespace Expansion.Engine;

/// <summary>How many minor units a currency has. ISO 4217, list one: two decimals but for these.</summary>
public static class Currencies
{
    private static readonly FrozenDictionary<string, int> Decimals = new (int Decimals, string[] Codes)[]
    {
        (0, ["BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND", "VUV", "XAF", "XOF", "XPF"]),
        (3, ["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"]),
        (4, ["CLF", "UYW"]),
    }.SelectMany(group => group.Codes.Select(code => (code, group.Decimals))).ToFrozenDictionary(pair => pair.code, pair => pair.Decimals);

    private static readonly decimal[] Units = [1, 10, 100, 1000, 10000];

    /// <summary>Decimals of an amount in the currency, 0 to 4; 2 for a code that isn't listed.</summary>
    public static int DecimalsOf(string currency) => Decimals.GetValueOrDefault(currency, 2);

    /// <summary>Minor units in a major one: 1, 10 ... 10,000.</summary>
    public static decimal UnitsIn(string currency) => Units[DecimalsOf(currency)];

    public static bool IsCode(string? text) => text is { Length: 3 } && text.All(char.IsAsciiLetterUpper);
}
