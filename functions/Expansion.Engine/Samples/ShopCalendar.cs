namespace Expansion.Engine.Samples;

/// <summary>When people shop: more before Christmas, more as the shop grows, on Sundays and Mondays, and in the evening. All in UTC.</summary>
internal sealed class ShopCalendar(DateTimeOffset until)
{
    /// <summary>From January.</summary>
    private static readonly double[] Months = [0.75, 0.70, 0.75, 0.80, 0.80, 0.75, 0.70, 0.70, 0.80, 0.95, 1.50, 1.80];

    /// <summary>How likely an order due on this day is placed on it and not put off, from Sunday.</summary>
    private static readonly double[] Weekdays = [1.00, 0.97, 0.90, 0.88, 0.88, 0.82, 0.85];

    private static readonly double[] Hours = [2, 1, 1, 1, 1, 2, 5, 9, 12, 14, 15, 15, 16, 14, 13, 13, 14, 16, 19, 24, 28, 25, 15, 6];

    public DateTimeOffset Start { get; } = until.ToUniversalTime().AddYears(-2);

    public DateTimeOffset Until { get; } = until.ToUniversalTime();

    public static bool Sells(SampleSeason season, DateTimeOffset at) => season switch
    {
        SampleSeason.Summer => at.Month is 6 or 7 or 8,
        SampleSeason.Winter => at.Month is 11 or 12,
        _ => true,
    };

    /// <summary>Whether somebody who could look in at this time does.</summary>
    public static bool Tempts(DateTimeOffset at, SplitMix64 chance) => chance.Chance(Months[at.Month - 1] / Months.Max());

    /// <summary>The next time from <paramref name="day"/> on at which an order would really be placed.</summary>
    public static DateTimeOffset Settle(DateTimeOffset day, SplitMix64 chance)
    {
        while (!chance.Chance(Weekdays[(int)day.DayOfWeek]))
        {
            day = day.AddDays(1);
        }

        var seconds = chance.Pick(Hours) * 3600 + (int)(chance.Share() * 3600);
        return new DateTimeOffset(day.Year, day.Month, day.Day, 0, 0, 0, TimeSpan.Zero).AddSeconds(seconds);
    }

    /// <summary>When a new customer comes: twice as likely at the end of the two years as at their beginning.</summary>
    public DateTimeOffset Arrival(SplitMix64 chance)
    {
        while (true)
        {
            var share = chance.Share();
            var day = Start + (Until - Start) * share;
            if (chance.Chance((1 + share) / 2) && Tempts(day, chance))
            {
                return day;
            }
        }
    }
}
