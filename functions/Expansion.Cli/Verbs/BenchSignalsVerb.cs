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
/// own in memory; and how long one takes from being sent to its decision in the ledger while they come at a steady rate. The emulator looks through the whole queue for a
/// message, so where each signal or plain message is one of its own, no more than the backlog wait at once: the queue is filled and emptied until all have gone through.
/// </summary>
internal static class BenchSignalsVerb
{
    public static Command Create()
    {
        var signals = new Option<int>("--signals") { Description = "How many.", DefaultValueFactory = _ => 10_000 };
        var backlog = new Option<int>("--backlog") { Description = "How many messages of one signal wait at most.", DefaultValueFactory = _ => 2_500 };
        var rate = new Option<int>("--rate") { Description = "Signals a second that are offered while the time to a decision is taken.", DefaultValueFactory = _ => 400 };
        var command = new Command("signals", "Sends signals through the queue to decisions, beside plain receiving and deleting.") { signals, backlog, rate };
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed.GetValue(signals), Math.Max(1, parsed.GetValue(backlog)), parsed.GetValue(rate), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(int count, int backlog, int rate, CancellationToken cancellationToken)
    {
        await using var azurite = await AzuriteProcess.StartAsync(new(), cancellationToken);
        var bench = new SignalBench(azurite.ConnectionString(AzuriteAccount.Development));
        await bench.DrainAsync(count / 10, perCustomer: 10, batch: 500, cancellationToken);

        var batched = await SayAsync("sent 500 at once, ten of each customer", [count], some => bench.DrainAsync(some, perCustomer: 10, batch: 500, cancellationToken));
        var spread = await SayAsync("sent 500 at once, each of another customer", [count], some => bench.DrainAsync(some, perCustomer: 1, batch: 500, cancellationToken));
        var (p50, p99) = await bench.LatencyAsync(count / 2, rate, cancellationToken);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"event to decision at {rate} a second: p50 {p50.TotalMilliseconds:N0} ms, p99 {p99.TotalMilliseconds:N0} ms"));
        var fills = Enumerable.Repeat(backlog, count / backlog).Append(count % backlog).Where(fill => fill > 0).ToList();
        var plain = await SayAsync("plain receiving and deleting", fills, some => bench.ReceiveAndDeleteAsync(some, cancellationToken));
        var single = await SayAsync("sent one by one, ten of each customer", fills, some => bench.DrainAsync(some, perCustomer: 10, batch: 1, cancellationToken));
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
            LatencyAtPerS = rate,
            P50Ms = Math.Round(p50.TotalMilliseconds),
            P99Ms = Math.Round(p99.TotalMilliseconds),
            PeakRssMb = Process.GetCurrentProcess().PeakWorkingSet64 / 1_048_576,
        }, ExpansionJson.Options));
        return 0;
    }

    /// <returns>How many a second, all fills of the queue together.</returns>
    private static async Task<double> SayAsync(string what, IReadOnlyList<int> fills, Func<int, Task<TimeSpan>> run)
    {
        var time = TimeSpan.Zero;
        foreach (var fill in fills)
        {
            time += await run(fill);
        }

        var perSecond = fills.Sum() / time.TotalSeconds;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: {perSecond:N0} a second"));
        return perSecond;
    }
}
