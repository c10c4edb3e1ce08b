using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Expansion.Engine;
using Expansion.Engine.Experiments;
using Expansion.Engine.Experiments.Assignment;
using Expansion.Engine.Outcomes;
using Expansion.Engine.Recommendations;

namespace Expansion.Cli.Verbs;

/// <summary>Assigns visitors of one experiment and records their exposures, from all processors, with a write of what was buffered every 10,000.</summary>
internal static class BenchExposuresVerb
{
    public static Command Create()
    {
        var exposures = new Option<int>("--exposures") { Description = "How many in all.", DefaultValueFactory = _ => 200_000 };
        var command = new Command("exposures", "Assigns and records exposures of one experiment in memory.") { exposures };
        command.SetAction(parsed => Run(parsed.GetValue(exposures), parsed.InvocationConfiguration.Output));
        return command;
    }

    private static int Run(int exposures, TextWriter output)
    {
        var settings = new Dictionary<string, string>();
        var now = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var definition = new ExperimentDefinition("bench", "1", Touchpoint.CartPage, ExperimentElement.Copy, [new("control", 1, settings), new("other", 1, settings)]);
        var experiment = new Experiment(definition).Start([], "bench", now).Changed!;
        var (buffer, rows, batches, start) = (new ExposureBuffer(), 0L, 0L, Stopwatch.GetTimestamp());
        Parallel.For(0, exposures, i =>
        {
            var customer = new CustomerId($"customer-{i}");
            if (Participation.Of(experiment, new Visitor(customer.Value)) is { Variation: { } variation } participation)
            {
                buffer.Record(new(definition.Key, customer, variation, participation.Propensity, now));
            }

            if (i % 10_000 == 0)
            {
                Write();
            }
        });
        Write();
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $$"""{"exposures":{{exposures}},"rows":{{rows}},"batches":{{batches}},"total_s":{{seconds:F3}},"per_second":{{exposures / seconds:F0}}}"""));
        return rows == exposures ? 0 : 1;

        void Write()
        {
            var drained = buffer.Drain();
            Interlocked.Add(ref rows, drained.Sum(batch => batch.Count));
            Interlocked.Add(ref batches, drained.Count);
        }
    }
}
