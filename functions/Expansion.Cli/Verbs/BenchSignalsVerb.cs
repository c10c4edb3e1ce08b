using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Expansion.Cli.Verbs.Signals;
using Expansion.Engine;
using Expansion.LocalHost.Azurite;

namespace Expansion.Cli.Verbs;

/// <summary>
/// `expansion bench signals`: how many signals a second go through the queue into decisions, beside plain receiving and deleting of as many messages, on an emulator of its
/// own in memory; how long one takes from being sent to its decision in the ledger while they come at a steady rate; and how many a second are posted one by one. The emulator
/// looks through the whole queue for a message, so where each signal or plain message is one of its own, no more than the backlog wait at once: the queue is filled and emptied
/// until all have gone through.
/// </summary>
internal static class BenchSignalsVerb
{
    public static Command Create()
    {
        var signals = new Option<int>("--signals") { Description = "How many.", DefaultValueFactory = _ => 10_000 };
        var backlog = new Option<int>("--backlog") { Description = "How many messages of one signal wait at most.", DefaultValueFactory = _ => 1_000 };
        var rate = new Option<int>("--rate") { Description = "Signals a second that are offered while the time to a decision is taken.", DefaultValueFactory = _ => 200 };
        var command = new Command("signals", "Sends signals through the queue to decisions, beside plain receiving and deleting.") { signals, backlog, rate };
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed.GetValue(signals), Math.Max(1, parsed.GetValue(backlog)), parsed.GetValue(rate), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(int count, int backlog, int rate, CancellationToken cancellationToken)
    {
        await using var azurite = await AzuriteProcess.StartAsync(new(), cancellationToken);
        var bench = new SignalBench(azurite.ConnectionString(AzuriteAccount.Development));
        await DrainAsync(count / 10, perCustomer: 10, together: 500);

        var batched = Say("sent 500 at once, ten of each customer", count, await DrainAsync(count, perCustomer: 10, together: 500));
        var spread = Say("sent 500 at once, each of another customer", count, await DrainAsync(count, perCustomer: 1, together: 500));
        var (p50, p99) = await bench.LatencyAsync(count / 4, rate, cancellationToken);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"event to decision at {rate} a second: p50 {p50.TotalMilliseconds:N0} ms, p99 {p99.TotalMilliseconds:N0} ms"));
        var (posting, half) = await bench.PostAsync(count / 5, perCustomer: 10, cancellationToken);
        var posted = Say(string.Create(CultureInfo.InvariantCulture, $"posted one by one by 16 at once, p50 {half.TotalMilliseconds:N1} ms"), count / 5, posting);
        var single = Say("sent one by one by 16 at once, ten of each customer", count, await DrainAsync(count, perCustomer: 10, together: 1));
        var plain = Say("plain receiving and deleting", count, await bench.ReceiveAndDeleteAsync(count, backlog, cancellationToken));
        Console.WriteLine(JsonSerializer.Serialize(new
        {
            Signals = count,
            Backlog = backlog,
            PlainPerS = Math.Round(plain),
            SignalsPerS = Math.Round(batched),
            OfPlain = Math.Round(batched / plain, 2),
            OneEachPerS = Math.Round(spread),
            OneEachOfPlain = Math.Round(spread / plain, 2),
            OneByOnePerS = Math.Round(single),
            OneByOneOfPlain = Math.Round(single / plain, 2),
            PostedPerS = Math.Round(posted),
            PostedP50Ms = Math.Round(half.TotalMilliseconds, 1),
            LatencyAtPerS = rate,
            P50Ms = Math.Round(p50.TotalMilliseconds),
            P99Ms = Math.Round(p99.TotalMilliseconds),
            PeakRssMb = Process.GetCurrentProcess().PeakWorkingSet64 / 1_048_576,
        }, ExpansionJson.Options));
        return 0;

        Task<TimeSpan> DrainAsync(int signals, int perCustomer, int together) => bench.DrainAsync(signals, perCustomer, together, backlog, cancellationToken);
    }

    private static double Say(string what, int count, TimeSpan time)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: {count / time.TotalSeconds:N0} a second"));
        return count / time.TotalSeconds;
    }
}
