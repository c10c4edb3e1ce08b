using CsCheck;

namespace Expansion.Engine.Tests.Offers;

/// <summary>Currencies with 0, 2 and 3 decimals.</summary>
internal static class AnyCurrency
{
    private static readonly string[] Codes = ["JPY", "EUR", "KWD"];

    public static Gen<string> Gen { get; } = CsCheck.Gen.Int[0, Codes.Length - 1].Select(index => Codes[index]);
}
