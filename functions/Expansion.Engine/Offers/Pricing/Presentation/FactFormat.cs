using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace Expansion.Engine.Offers.Pricing.Presentation;

/// <summary>
/// Writes facts as a reader of one culture expects them. In right-to-left text every fact is isolated (Unicode FSI, PDI; UAX 9), so that a Latin name or a price
/// doesn't turn the words around it.
/// </summary>
internal sealed class FactFormat(Language language, CultureInfo culture)
{
    private const char Isolate = '\u2068', EndOfIsolate = '\u2069';
    private const string ArabicDecimalSeparator = "٫";

    /// <summary>Signs that are understood wherever the currency is; any other is written as its code.</summary>
    private static readonly FrozenDictionary<string, string> Signs = new Dictionary<string, string>
    {
        ["USD"] = "$",
        ["EUR"] = "€",
        ["GBP"] = "£",
        ["JPY"] = "¥",
        ["INR"] = "₹",
        ["KRW"] = "₩",
        ["CAD"] = "CA$",
        ["AUD"] = "A$",
        ["NZD"] = "NZ$",
        ["BRL"] = "R$",
        ["MXN"] = "MX$",
    }.ToFrozenDictionary();

    public bool IsRightToLeft => culture.TextInfo.IsRightToLeft;

    public string Write(Fact fact)
    {
        var text = fact switch
        {
            Fact.Words words => Clean(words.Text),
            Fact.Amount amount => Digits(Write(amount.Money)),
            Fact.Number number => Digits((decimal.Truncate(number.Value * 10) / 10).ToString("#,0.#", culture)),
            Fact.Percent percent => Digits((percent.Value / 100m).ToString("P0", culture)),
            Fact.Day day => Digits(day.Date.ToString("D", culture)),
            Fact.Span span => Digits(Length(span.Days)),
            Fact.List list => Join([.. list.Items.Select(Clean)]),
            _ => throw new InvalidOperationException($"{fact.GetType().Name} has no form."),
        };
        return IsRightToLeft ? $"{Isolate}{text}{EndOfIsolate}" : text;
    }

    /// <summary>A part of a bundle with its price.</summary>
    public string Item(string title, Money price) => string.Format(culture, language.Item, Clean(title), Digits(Write(price)));

    /// <summary>Without decimals when there are none to tell, else with all of the currency's.</summary>
    private string Write(Money money)
    {
        var rounded = money.Rounded();
        var format = (NumberFormatInfo)culture.NumberFormat.Clone();
        format.CurrencySymbol = Signs.GetValueOrDefault(money.Currency, money.Currency);
        format.CurrencyDecimalDigits = decimal.IsInteger(rounded.Amount) ? 0 : Currencies.DecimalsOf(money.Currency);
        if (format.CurrencySymbol.Length == 3 && format.CurrencyPositivePattern == 0)
        {
            // "CHF 50" where a sign would stand close: "$50".
            format.CurrencyPositivePattern = 2;
        }

        return rounded.Amount.ToString("C", format);
    }

    /// <summary>Days below two weeks, but a week is a week; then weeks, and from two months on months of 30 days, always rounded up.</summary>
    private string Length(int days)
    {
        var (forms, count) = days switch
        {
            < 14 and not 7 => (language.Day, Math.Max(1, days)),
            <= 60 => (language.Week, (days + 6) / 7),
            _ => (language.Month, (days + 29) / 30),
        };
        return string.Format(culture, forms.For(count), count);
    }

    private string Join(string[] items) => items.Length < 2 ? string.Concat(items) : string.Join(language.Comma, items[..^1]) + language.And + items[^1];

    /// <summary>.NET writes Arabic separators between European digits: where the culture's separators are Arabic, so are the digits.</summary>
    private string Digits(string text) => culture.NumberFormat.NumberDecimalSeparator != ArabicDecimalSeparator ? text
        : string.Concat(text.Select(c => char.IsAsciiDigit(c) ? culture.NumberFormat.NativeDigits[c - '0'] : c.ToString()));

    /// <summary>Words are one line, without characters that steer the direction of what follows.</summary>
    private static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            clean.Append(char.IsControl(c) || c is '\u2028' or '\u2029' ? ' ' : c is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069') ? "" : c.ToString());
        }

        return clean.ToString().Trim();
    }
}
