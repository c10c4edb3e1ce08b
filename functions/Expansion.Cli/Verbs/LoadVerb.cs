using System.CommandLine;
using System.Globalization;
using Expansion.Cli.Loads;

namespace Expansion.Cli.Verbs;

/// <summary>A Black Friday on this machine: webhooks, signals and questions to hosts of its own, then a look whether all is there. Writes the report as markdown.</summary>
internal static class LoadVerb
{
    public static Command Create()
    {
        var hosts = new Option<int>("--hosts") { Description = "Hosts that share the storage.", DefaultValueFactory = _ => 1 };
        var seconds = new Option<int>("--seconds") { Description = "How long, in thirds: ordinary, rush, after.", DefaultValueFactory = _ => 90 };
        var seed = new Option<int>("--seed") { Description = "The same seed sends the same orders.", DefaultValueFactory = _ => 1 };
        var command = new Command("load", "Puts hosts of its own under a Black Friday's load, and reports.") { hosts, seconds, seed };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var phases = LoadPhase.BlackFriday(TimeSpan.FromSeconds(parsed.GetValue(seconds)));
            var folder = Directory.CreateTempSubdirectory("expansion-load-").FullName;
            await using var run = new LoadRun(parsed.GetValue(hosts), parsed.GetValue(seed), phases, folder, text => Console.Error.WriteLine($"{DateTime.UtcNow:HH:mm:ss} {text}"));
            var report = await run.RunAsync(cancellationToken);
            Write(parsed.GetValue(hosts), phases, report);
            return report.Violations.Count == 0 ? 0 : 1;
        });
        return command;
    }

    private static void Write(int hosts, IReadOnlyList<LoadPhase> phases, LoadReport report)
    {
        Say($"{hosts} hosts, {Environment.ProcessorCount} cores, which load, hosts and emulator share.\n");
        Say($"| phase | senders | what | a second | p50 ms | p95 ms | p99 ms | refused |\n| --- | --- | --- | --- | --- | --- | --- | --- |");
        foreach (var line in report.Log.Lines(phases))
        {
            var senders = phases.First(phase => phase.Name == line.Phase).Senders;
            Say($"| {line.Phase} | {senders} | {line.Kind.ToString().ToLowerInvariant()} | {line.PerSecond:0.0} | {line.P50:0} | {line.P95:0} | {line.P99:0} | {line.Refused} |");
        }

        Say($"\nThe queues were empty {report.DrainedAfter.TotalSeconds:0} s after the last question: {report.OrdersASecond:0.0} orders a second, worked off. {report.Violations.Count} violations.\n");
        Say($"```mermaid\nxychart-beta\n  title \"answers a second, every 5 s\"\n  line [{string.Join(", ", report.Log.Course().Select(rate => rate.ToString("0", CultureInfo.InvariantCulture)))}]\n```");
        foreach (var violation in report.Violations.Take(20))
        {
            Console.Error.WriteLine(violation);
        }
    }

    private static void Say(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
