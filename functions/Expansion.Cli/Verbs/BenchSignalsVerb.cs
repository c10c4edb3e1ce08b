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
/// own in memory; and how long one takes from being sent to its decision in the ledger while they come at half that rate.
/// </summary>
internal static class BenchSignalsVerb
{
    public static Command Create()
    {
        var signals = new Option<int>("--signals") { Description = "How many.", DefaultValueFactory = _ => 10_000 };
        var command = new Command("signals", "Sends signals through the queue to decisions, beside plain receiving and deleting.") { signals };
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed.GetValue(signals), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(int count, CancellationToken cancellationToken)
    {
        await using var azurite = await AzuriteProcess.StartAsync(new(), cancellationToken);
        var bench = new SignalBench(azurite.ConnectionString(AzuriteAccount.Development));
        await bench.DrainAsync(count / 10, perCustomer: 10, batch: 500, cancellationToken);

        var plain = Say("plain receiving and deleting", await bench.ReceiveAndDeleteAsync(count, cancellationToken));
        var batched = Say("sent 500 at once, ten of each customer", await bench.DrainAsync(count, perCustomer: 10, batch: 500, cancellationToken));
        var spread = Say("sent 500 at once, each of another customer", await bench.DrainAsync(count, perCustomer: 1, batch: 500, cancellationToken));
        var single = Say("sent one by one, ten of each customer", await bench.DrainAsync(count, perCustomer: 10, batch: 1, cancellationToken));
        var (p50, p99) = await bench.LatencyAsync(count / 2, spread / 2, cancellationToken);
        Console.WriteLine(JsonSerializer.Serialize(new
        {
            Signals = count,
            PlainPerS = Math.Round(plain),
            SignalsPerS = Math.Round(batched),
            OfPlain = Math.Round(batched / plain, 2),
            OneEachPerS = Math.Round(spread),
            OneByOnePerS = Math.Round(single),
            LatencyAtPerS = Math.Round(spread / 2),
            P50Ms = Math.Round(p50.TotalMilliseconds),
            P99Ms = Math.Round(p99.TotalMilliseconds),
            PeakRssMb = Process.GetCurrentProcess().PeakWorkingSet64 / 1_048_576,
        }, ExpansionJson.Options));
        return 0;
    }

    private static double Say(string what, double perSecond)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: {perSecond:N0} a second"));
        return perSecond;
    }
}
