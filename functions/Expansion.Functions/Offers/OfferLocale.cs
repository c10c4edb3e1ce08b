using System.Globalization;

namespace Expansion.Functions.Offers;

/// <summary>The language of a request: one that the platform knows.</summary>
internal static class OfferLocale
{
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en");

    public static bool IsKnown(string locale)
    {
        try
        {
            return CultureInfo.GetCultureInfo(locale, predefinedOnly: true).Name.Length > 0;
        }
        catch (CultureNotFoundException)
        {
            return false;
        }
    }

    /// <param name="locale">A known one; English for null.</param>
    public static CultureInfo Find(string? locale) => locale is null ? English : CultureInfo.GetCultureInfo(locale);
}
