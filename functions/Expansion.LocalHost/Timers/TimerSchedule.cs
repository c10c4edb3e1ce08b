using NCrontab;

namespace Expansion.LocalHost.Timers;

/// <summary>An NCRONTAB schedule, in UTC as in Azure: second (may be left out), minute, hour, day, month, day of the week.</summary>
internal sealed class TimerSchedule
{
    private static readonly TimeSpan ShortestMonitored = TimeSpan.FromMinutes(1);

    private readonly CrontabSchedule _schedule;

    private TimerSchedule(CrontabSchedule schedule) => _schedule = schedule;

    /// <exception cref="InvalidOperationException">It is none.</exception>
    public static TimerSchedule Parse(string function, string expression)
    {
        var fields = expression.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var schedule = CrontabSchedule.TryParse(string.Join(' ', fields), new CrontabSchedule.ParseOptions { IncludingSeconds = fields.Length == 6 });
        return schedule is null
            ? throw new InvalidOperationException($"The schedule '{expression}' of {function} is no NCRONTAB expression, such as '0 30 2 * * *' for half past two.")
            : new(schedule);
    }

    /// <summary>The first occurrence after a moment, both in UTC.</summary>
    public DateTime Next(DateTime after) => DateTime.SpecifyKind(_schedule.GetNextOccurrence(after), DateTimeKind.Utc);

    /// <summary>The Functions host keeps no status of schedules that are more frequent than once a minute.</summary>
    public bool IsMonitored(DateTime now) => Next(Next(now)) - Next(now) >= ShortestMonitored;
}
