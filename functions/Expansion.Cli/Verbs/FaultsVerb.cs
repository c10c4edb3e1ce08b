using System.CommandLine;
using System.Globalization;
using Expansion.Cli.Faults;

namespace Expansion.Cli.Verbs;

/// <summary>Hurts hosts and storage while they work, then looks whether anything was lost, doubled or half there. Exit code 0 when nothing was.</summary>
internal static class FaultsVerb
{
    public static Command Create()
    {
        var faults = Number("--faults", "How many.", 200);
        var minutes = Number("--minutes", "How long at least, without the wait for the queues.", 30);
        var seed = Number("--seed", "The same seed plans the same faults.", 1);
        var hosts = Number("--hosts", "Hosts that share the storage.", 2);
        var senders = Number("--senders", "Webhooks on their way at a time.", 2);
        var previous = new Option<FileInfo>("--previous") { Description = "The expansion.dll of another version, which every second host runs, as during an upgrade." }.AcceptExistingOnly();
        var command = new Command("faults", "Kills, pauses and starves hosts and the storage emulator at random while they work, then checks what is there.") { faults, minutes, seed, hosts, senders, previous };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            if (OperatingSystem.IsWindows())
            {
                await Console.Error.WriteLineAsync("Processes are paused by signals, which Windows doesn't have: use Linux or macOS.");
                return 1;
            }

            var folder = Directory.CreateTempSubdirectory("expansion-faults-").FullName;
            await using var run = new FaultRun(
                new(parsed.GetValue(seed), parsed.GetValue(faults), TimeSpan.FromMinutes(parsed.GetValue(minutes)), parsed.GetValue(hosts), parsed.GetValue(senders), folder, parsed.GetValue(previous)?.FullName), Tell);
            return Write(parsed.GetValue(seed), await run.RunAsync(cancellationToken));
        });
        return command;
    }

    private static void Tell(string text) => Console.Error.WriteLine($"{DateTime.UtcNow:HH:mm:ss} {text}");

    private static int Write(int seed, FaultReport report)
    {
        foreach (var (kind, count) in report.Faults.OrderBy(fault => fault.Key))
        {
            Console.WriteLine($"{count,6} {kind}");
        }

        foreach (var violation in report.Violations.Take(20))
        {
            Console.Error.WriteLine(violation);
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
            {report.Deliveries} deliveries of {report.Orders} orders and {report.Signals} signals in {report.Tries} tries; {report.Generations} generations read {report.Pages} times; {report.Replayed} messages replayed
            seed {seed}, {report.Elapsed.TotalMinutes:0.0} minutes, {report.Faults.Values.Sum()} faults, {report.Violations.Count} violations
            """));
        return report.Violations.Count == 0 ? 0 : 1;
    }

    private static Option<int> Number(string name, string description, int value) => new(name) { Description = description, DefaultValueFactory = _ => value };
}
