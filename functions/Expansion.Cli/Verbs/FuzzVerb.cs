using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Expansion.Cli.Fuzzing;

namespace Expansion.Cli.Verbs;

/// <summary>Feeds every parser of outside bytes inputs that are almost right. Exit code 0 when none crashed.</summary>
internal static class FuzzVerb
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(5);

    public static Command Create()
    {
        var seconds = new Option<int>("--seconds") { Description = "How long at most.", DefaultValueFactory = _ => 60 };
        var runs = new Option<long>("--runs") { Description = "How many inputs for each parser at most.", DefaultValueFactory = _ => 1_000_000 };
        var seed = new Option<int>("--seed") { Description = "The same seed makes the same inputs.", DefaultValueFactory = _ => 1 };
        var target = new Option<string?>("--target") { Description = "Only this parser." };
        var command = new Command("fuzz", "Feeds every parser of outside bytes inputs that are almost right.") { seconds, runs, seed, target };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            parsed.GetValue(target), parsed.GetValue(seed), parsed.GetValue(runs), TimeSpan.FromSeconds(parsed.GetValue(seconds)), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string? only, int seed, long runs, TimeSpan time, CancellationToken cancellationToken)
    {
        await using var app = CliApp.WithoutStorage();
        var targets = FuzzTargets.Create(app).Where(target => only is null || target.Name == only).ToList();
        if (targets.Count == 0)
        {
            Console.Error.WriteLine($"There is no parser '{only}': use {string.Join(", ", FuzzTargets.Create(app).Select(target => target.Name))}.");
            return 1;
        }

        var report = Fuzzer.Run(targets, seed, runs, time, Progress(time), cancellationToken);
        foreach (var (name, count) in report.Runs)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-16} {count,12:N0} runs, {report.Crashes.Count(crash => crash.Target == name)} crashes"));
        }

        foreach (var crash in report.Crashes)
        {
            Console.Error.WriteLine($"{crash.Target}, run {crash.Run} of seed {seed}: {crash.Reason}\n  input in Base64: {crash.Input}");
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{report.Runs.Values.Sum():N0} runs, {report.Crashes.Count} crashes, seed {seed}"));
        return report.Crashes.Count == 0 ? 0 : 1;
    }

    /// <summary>A line every five seconds: rate, and what is left of the runs or of the time, whichever ends first.</summary>
    private static Action<long, long> Progress(TimeSpan time)
    {
        var (start, told) = (Stopwatch.GetTimestamp(), TimeSpan.Zero);
        return (done, open) =>
        {
            var elapsed = Stopwatch.GetElapsedTime(start);
            if (elapsed - told >= Beat)
            {
                told = elapsed;
                var left = Math.Min((time - elapsed).TotalSeconds, elapsed.TotalSeconds * open / done);
                Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{done:N0} runs, {done / elapsed.TotalSeconds:N0}/s, at most {Math.Max(0, left):N0} s left"));
            }
        };
    }
}
