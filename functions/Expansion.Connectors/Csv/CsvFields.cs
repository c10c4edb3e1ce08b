using System.Globalization;
using System.Text.RegularExpressions;

namespace Expansion.Connectors.Csv;

/// <summary>Reads the fields that all order files share. Each answers null where all is well, or else what is wrong and what to do.</summary>
internal sealed partial class CsvFields(TimeZoneInfo zone, DateTimeOffset now)
{
    private const int MaxTitleLength = 500;
    private const decimal MaxPrice = 1_000_000_000;

    private static readonly DateTimeOffset Earliest = new(1990, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private string _lastTimeText = "";
    private DateTimeOffset _lastTime;

    public static string? Id(string text, string column, int maxLength) =>
        text.Length == 0 ? $"{column} is empty: every line needs one"
        : text.Length > maxLength ? $"{column} is longer than {maxLength} characters: shorten it"
        : text.Contains('\uFFFD', StringComparison.Ordinal) ? $"{column} is not in UTF-8: save the file as CSV in UTF-8"
        : HasControl(text) ? $"{column} holds a control character, such as a tab or a line break: remove it"
        : null;

    public static string? Quantity(string text, string column, out int quantity)
    {
        quantity = 0;
        if (!decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            || number != decimal.Truncate(number) || Math.Abs(number) > 1_000_000)
        {
            return $"{column} '{text}' is no whole number from -1000000 to 1000000";
        }

        quantity = (int)number;
        return quantity == 0 ? $"{column} is 0: give what was ordered, or below 0 what came back, or leave the line out" : null;
    }

    public static string? Price(string text, string column, out decimal? price)
    {
        price = null;
        if (text.Length == 0)
        {
            return null;
        }

        if (!decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
        {
            return $"{column} '{text}' is no number: write it like 1234.50";
        }

        price = number;
        return number is < 0 or > MaxPrice ? $"{column} '{text}' is not between 0 and {MaxPrice}: a return has a negative quantity, not a negative price" : null;
    }

    public static string? Currency(string text, string column, string fallback, out string currency)
    {
        currency = text.Length == 0 ? fallback : text.ToUpperInvariant();
        return currency.Length == 3 && currency.All(char.IsAsciiLetterUpper) ? null : $"{column} '{text}' is no ISO 4217 code, such as EUR";
    }

    /// <summary>A title's glitch is no reason to lose a sale: it is mended instead.</summary>
    public static string? Title(string text)
    {
        var title = text.Contains("  ", StringComparison.Ordinal) || HasControl(text) ? Blanks().Replace(text, " ").Trim() : text;
        return title.Length == 0 ? null : title.Length > MaxTitleLength ? title[..MaxTitleLength] : title;
    }

    /// <summary>A time without an offset is in the shop's own time zone.</summary>
    public string? Time(string text, string column, out DateTimeOffset time)
    {
        if (text == _lastTimeText && text.Length > 0)
        {
            time = _lastTime;
            return null;
        }

        time = default;
        if (text.Length < 10 || text[4] != '-' || !DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var parsed))
        {
            return $"{column} '{text}' is no time: write it like 2026-05-01T09:58:12, with an offset such as +02:00 if it isn't the shop's own time";
        }

        time = parsed.Kind == DateTimeKind.Unspecified
            ? new DateTimeOffset(parsed, zone.GetUtcOffset(parsed)).ToUniversalTime()
            : DateTimeOffset.Parse(text, CultureInfo.InvariantCulture).ToUniversalTime();
        if (time < Earliest || time > now.AddDays(1))
        {
            return $"{column} '{text}' is {(time < Earliest ? "before 1990" : "in the future")}: correct the date";
        }

        (_lastTimeText, _lastTime) = (text, time);
        return null;
    }

    private static bool HasControl(string text) => text.AsSpan().IndexOfAnyInRange('\0', '\u001F') >= 0 || text.AsSpan().IndexOfAnyInRange('\u007F', '\u009F') >= 0;

    [GeneratedRegex(@"[\s\p{Cc}]+")]
    private static partial Regex Blanks();
}
