namespace Expansion.Engine.Metrics.RollUp;

public enum Grain
{
    Day,

    /// <summary>From Monday.</summary>
    Week,
    Month,
}

/// <summary>A day, week or month of the shop, both ends included.</summary>
public readonly record struct Period(DateOnly First, DateOnly Last)
{
    public static Period Of(Grain grain, DateOnly day) => grain switch
    {
        Grain.Week => From(day.AddDays(-(((int)day.DayOfWeek + 6) % 7)), first => first.AddDays(7)),
        Grain.Month => From(new DateOnly(day.Year, day.Month, 1), first => first.AddMonths(1)),
        _ => new(day, day),
    };

    /// <summary>The one before, of the same grain.</summary>
    public Period Before(Grain grain) => Of(grain, First.AddDays(-1));

    private static Period From(DateOnly first, Func<DateOnly, DateOnly> next) => new(first, next(first).AddDays(-1));
}

/// <summary>The shop's own time zone decides what a day is.</summary>
public sealed class ShopDays(TimeZoneInfo zone)
{
    public DateOnly Of(DateTimeOffset time) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time, zone).DateTime);
}
