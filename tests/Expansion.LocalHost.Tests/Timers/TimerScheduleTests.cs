using System.Globalization;
using Expansion.LocalHost.Timers;

namespace Expansion.LocalHost.Tests.Timers;

public sealed class TimerScheduleTests
{
    [Theory]
    [InlineData("0 */5 * * * *", "2026-01-05T10:05:00Z")]
    [InlineData("*/5 * * * *", "2026-01-05T10:05:00Z")]
    [InlineData("0 0 2 * * *", "2026-01-06T02:00:00Z")]
    [InlineData("0 30 9 * * Mon-Fri", "2026-01-06T09:30:00Z")]
    [InlineData("0 0 0 1 Feb *", "2026-02-01T00:00:00Z")]
    [InlineData("  15  0   10 * * * ", "2026-01-05T10:00:15Z")]
    public void Next_FromAMondayAtTenAndASecond_IsTheNextOccurrence(string schedule, string next)
    {
        var parsed = TimerSchedule.Parse("Nightly", schedule);

        var actual = parsed.Next(new DateTime(2026, 1, 5, 10, 0, 1, DateTimeKind.Utc));

        Assert.Equal(DateTime.Parse(next, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal), actual);
        Assert.Equal(DateTimeKind.Utc, actual.Kind);
    }

    [Theory]
    [InlineData("")]
    [InlineData("0 0 2 * *  * *")]
    [InlineData("0 0 25 * * *")]
    [InlineData("00:05:00")]
    public void Parse_NoNcrontab_Throws(string schedule) => Assert.Throws<InvalidOperationException>(() => TimerSchedule.Parse("Nightly", schedule));

    [Theory]
    [InlineData("*/30 * * * * *", false)]
    [InlineData("0 * * * * *", true)]
    public void IsMonitored_ScheduleOfAMinuteOrMore_IsTrue(string schedule, bool expected) =>
        Assert.Equal(expected, TimerSchedule.Parse("Nightly", schedule).IsMonitored(new DateTime(2026, 1, 5, 10, 0, 1, DateTimeKind.Utc)));
}
