using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using Expansion.Connectors.Csv;
using Expansion.Engine;
using Expansion.Functions.Affinity;
using Expansion.Functions.Orders;

namespace Expansion.Cli.Verbs;

/// <summary>`expansion bench import FILE`: the import of a file into a fresh shop, then its recompute, timed.</summary>
internal static class BenchImportVerb
{
    public static Command Create()
    {
        var file = new Argument<FileInfo>("file") { Description = "A CSV file of orders." };
        file.AcceptExistingOnly();
        var command = new Command("import", "Imports a file into a fresh shop, recomputes it, and says how long both took.") { file };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var app = await CliApp.StartAsync(cancellationToken);
            var shop = ShopId.From($"bench-{Guid.NewGuid():N}");
            await using var orders = parsed.GetRequiredValue(file).OpenRead();
            using var rejects = new CsvRejects(() => Stream.Null);
            var watch = Stopwatch.StartNew();
            var report = await app.Get<ImportOrders>().RunAsync(shop, orders, null, rejects, _ => Task.CompletedTask, cancellationToken);
            var imported = watch.Elapsed;
            var stages = new StageTimes();
            var generation = await app.Get<ShopRecompute>().RunAsync(shop, stages.Begin, cancellationToken);
            var recomputed = watch.Elapsed - imported;
            var staged = stages.Seconds();
            var again = Stopwatch.StartNew();
            await app.Get<ShopRecompute>().RunAsync(shop, null, cancellationToken);
            Console.WriteLine(JsonSerializer.Serialize(new
            {
                ImportS = Math.Round(imported.TotalSeconds, 2),
                RecomputeS = Math.Round(recomputed.TotalSeconds, 2),
                RecomputeStages = staged,
                RecomputeUnchangedS = Math.Round(again.Elapsed.TotalSeconds, 2),
                report.Lines,
                report.Orders,
                generation.Pairs,
                PeakRssMb = StageTimes.PeakMb(),
            }, ExpansionJson.Options));
            return 0;
        });
        return command;
    }
}
