using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using Expansion.Engine;
using Expansion.Engine.Experiments;
using Expansion.Engine.Experiments.Assignment;
using Expansion.Engine.Outcomes;
using Expansion.Engine.Recommendations;

namespace Expansion.Cli.Verbs;

/// <summary>Assigns visitors of one experiment and records their exposures: in memory from all processors one by one, then on storage in batches.</summary>
internal static class BenchExposuresVerb
{
    private const int Batch = 5_000;

    public static Command Create()
    {
        var exposures = new Option<int>("--exposures") { Description = "How many in memory.", DefaultValueFactory = _ => 200_000 };
        var stored = new Option<int>("--stored") { Description = "How many on storage, in batches of 5000; 0 for none.", DefaultValueFactory = _ => 20_000 };
        var command = new Command("exposures", "Assigns and records exposures of one experiment, in memory and on storage.") { exposures, stored };
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed.GetValue(exposures), parsed.GetValue(stored), parsed.InvocationConfiguration.Output, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(int exposures, int stored, TextWriter output, CancellationToken cancellationToken)
    {
        var settings = new Dictionary<string, string>();
        var now = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var definition = new ExperimentDefinition("bench", "1", Touchpoint.CartPage, ExperimentElement.Copy, [new("control", 1, settings), new("other", 1, settings)]);
        var experiment = new Experiment(definition).Start([], "bench", now).Changed!;
        var (shop, memory) = (ShopId.From($"bench-{Guid.NewGuid():N}"), new MemoryExposures());

        var start = Stopwatch.GetTimestamp();
        await Parallel.ForAsync(0, exposures, cancellationToken, async (i, stop) => await memory.SaveAsync(shop, [Expose(i)], stop));
        var inMemory = Stopwatch.GetElapsedTime(start).TotalSeconds;
        var onStorage = stored > 0 ? await StoreAsync(shop, [.. Enumerable.Range(0, stored).Select(Expose)], cancellationToken) : (double?)null;
        await output.WriteLineAsync(JsonSerializer.Serialize(new
        {
            Exposures = exposures,
            Rows = memory.Count,
            TotalS = Math.Round(inMemory, 3),
            PerSecond = Math.Round(exposures / inMemory),
            Stored = stored,
            StoredS = onStorage is { } seconds ? Math.Round(seconds, 3) : (double?)null,
            StoredPerSecond = onStorage is { } took ? Math.Round(stored / took) : (double?)null,
        }, ExpansionJson.Options));
        return memory.Count == exposures ? 0 : 1;

        Exposure Expose(int i)
        {
            var customer = new CustomerId($"customer-{i}");
            var part = Participation.Of(experiment, new Visitor(customer.Value));
            return new(definition.Key, customer, part.Variation!.Value, part.Propensity, now);
        }
    }

    private static async Task<double> StoreAsync(ShopId shop, Exposure[] exposures, CancellationToken cancellationToken)
    {
        await using var app = await CliApp.StartAsync(cancellationToken);
        var store = app.Get<IExposureStore>();

        // The first write makes the table.
        await store.SaveAsync(shop, [exposures[0] with { Experiment = "warm-up" }], cancellationToken);
        var start = Stopwatch.GetTimestamp();
        foreach (var batch in exposures.Chunk(Batch))
        {
            await store.SaveAsync(shop, batch, cancellationToken);
        }

        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
