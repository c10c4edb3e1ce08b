using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Expansion.Cli.Verbs.Metrics;
using Expansion.Engine.Metrics;
using Expansion.Engine.Metrics.RollUp;
using Expansion.Engine.Outcomes;

namespace Expansion.Cli.Verbs;

/// <summary>Rolls up a million outcomes of 90 days in memory, a day at a time, and reads the metrics of every slice of a month.</summary>
internal static class BenchRollUpVerb
{
    private const int Days = 90;

    public static Command Create()
    {
        var outcomes = new Option<int>("--outcomes") { Description = "How many in all.", DefaultValueFactory = _ => 1_000_000 };
        var command = new Command("rollup", "Rolls outcomes up into metrics: a million in memory.") { outcomes };
        command.SetAction(parsed => Run(parsed.GetValue(outcomes), parsed.InvocationConfiguration.Output));
        return command;
    }

    private static int Run(int outcomes, TextWriter output)
    {
        var (book, shopDays, rollUp, rolled) = (new MetricBook(), new ShopDays(TimeZoneInfo.Utc), TimeSpan.Zero, 0L);
        var first = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        for (var day = 0; day < Days; day++)
        {
            var sample = SampleOutcomes.Day(first.AddDays(day), outcomes / Days, 100_000, day);
            var start = Stopwatch.GetTimestamp();
            foreach (var date in MetricBook.Dirty(sample, shopDays))
            {
                book.Replace(date, DayRollUp.Of(sample.Where(outcome => shopDays.Of(outcome.CountsAt) == date)));
            }

            rollUp += Stopwatch.GetElapsedTime(start);
            rolled += sample.Count;
        }

        var reading = Stopwatch.GetTimestamp();
        var month = Period.Of(Grain.Month, DateOnly.FromDateTime(first.Date));
        var values = Enum.GetValues<SliceKind>().SelectMany(kind => book.Slices(month, kind))
            .Select(slice => book.Of(month, slice))
            .SelectMany(sums => BusinessMetrics.All.Select(metric => metric.Measure(sums))).Count(value => value.Value is not null);
        using var self = Process.GetCurrentProcess();
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"outcomes":{{rolled}},"rollup_s":{{rollUp.TotalSeconds:F3}},"month_of_all_slices_s":{{Stopwatch.GetElapsedTime(reading).TotalSeconds:F3}},"values":{{values}},"peak_rss_mb":{{self.PeakWorkingSet64 / 1048576.0:F1}}}"""));
        return 0;
    }
}
