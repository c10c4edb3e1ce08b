using System.Globalization;

namespace Expansion.Engine;

/// <summary>A calendar month in UTC, the unit in which orders and basket segments are kept. Written yyyy-MM, which also sorts it.</summary>
public readonly record struct YearMonth(int Year, int Month) : IComparable<YearMonth>
{
    public DateTimeOffset Start => new(Year, Month, 1, 0, 0, 0, TimeSpan.Zero);

    public static YearMonth Of(DateTimeOffset time) => new(time.UtcDateTime.Year, time.UtcDateTime.Month);

    public static YearMonth Parse(string text) => Of(DateTimeOffset.ParseExact(text, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal));

    public YearMonth AddMonths(int months) => Of(Start.AddMonths(months));

    /// <summary>Calendar months from <paramref name="other"/> to this one; negative when this one is earlier.</summary>
    public int MonthsSince(YearMonth other) => (12 * (Year - other.Year)) + Month - other.Month;

    public int CompareTo(YearMonth other) => (Year, Month).CompareTo((other.Year, other.Month));

    public override string ToString() => Start.ToString("yyyy-MM", CultureInfo.InvariantCulture);
}
