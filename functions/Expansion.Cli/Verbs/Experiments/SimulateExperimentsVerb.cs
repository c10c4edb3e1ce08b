using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Expansion.Engine.Experiments.Simulation;

namespace Expansion.Cli.Verbs.Experiments;

/// <summary>False-positive rates and power by simulation, beside a fixed-horizon test that is peeked at and beside other engines.</summary>
internal static class SimulateExperimentsVerb
{
    private static readonly SimulatedShop[] Shops =
    [
        new(0.03, 0.05), new(0.03, 0.1), new(0.03, 0.2), new(0.1, 0.05), new(0.1, 0.1), new(0.1, 0.2), new(0.03, 0.1, 1.0), new(0.03, 0.1, 1.5),
    ];

    private static readonly double[] TrueShares = [0.5, 0.51, 0.52];
    private static readonly double[] TrueChanges = [0, 0.3];

    /// <param name="name">Of the verb: it is there under experiments and by itself.</param>
    public static Command Create(string name)
    {
        var runs = new Option<int>("--runs") { Description = "Simulated A/A tests and as many A/B tests of each shop, 100 to 1000000.", DefaultValueFactory = _ => 10_000 };
        var seed = new Option<ulong>("--seed") { Description = "The same seed gives the same result.", DefaultValueFactory = _ => 20_240_601 };
        var scenario = new Option<string>("--scenario") { Description = "Only what has this in its name, e.g. revenue, srm, guardrail or \"baseline 0.1 lift 0.2\".", DefaultValueFactory = _ => "" };
        var anchors = new Option<FileInfo?>("--anchors") { Description = "JSON with other engines' figures, printed beside ours." };
        var report = new Option<FileInfo?>("--report") { Description = "An HTML file to write, with charts." };
        var command = new Command(name, "Simulates A/A and A/B tests with a look after every batch.") { runs, seed, scenario, anchors, report };
        runs.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 100 or > 1_000_000)
            {
                result.AddError("--runs must be from 100 to 1000000.");
            }
        });
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var file = parsed.GetValue(anchors);
            var (output, errors) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
            SimulationAnchors known;
            try
            {
                known = file is null ? SimulationAnchors.None : SimulationAnchors.Read(file);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException or System.Text.Json.JsonException)
            {
                await errors.WriteLineAsync($"{file}: {error.Message}");
                return 1;
            }

            var (printed, page) = (new StringWriter(CultureInfo.InvariantCulture), new SimulationReport());
            var code = await RunAsync(parsed.GetValue(runs), parsed.GetValue(seed), parsed.GetValue(scenario)!, known, page, new Tee(output, printed), errors, cancellationToken);
            if (code == 0 && parsed.GetValue(report) is { } html)
            {
                await File.WriteAllTextAsync(html.FullName, page.ToHtml(printed.ToString()), cancellationToken);
            }

            return code;
        });
        return command;
    }

    public static async Task<int> RunAsync(
        int runs, ulong seed, string scenario, SimulationAnchors anchors, SimulationReport report, TextWriter output, TextWriter errors, CancellationToken cancellationToken)
    {
        var (start, bars, any) = (Stopwatch.GetTimestamp(), new SimulationBars(), false);
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"{runs} A/A and {runs} A/B tests of each shop, seed {seed}; ± is one Monte-Carlo standard error.\nSample is visitors at the stop over those of the fixed-horizon test."));
        foreach (var shop in Shops.Where(shop => Chosen(shop.Name)))
        {
            any = true;
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"\n{shop.Name}, {shop.VisitorsPerArm} visitors an arm in a fixed-horizon test"));
            await output.WriteLineAsync("  method                 looks     false positives    power             wrong way  sample, no effect  sample, lift true");
            foreach (var result in ExperimentSimulation.Run(shop, runs, seed, Environment.ProcessorCount, Progress(shop.Name), cancellationToken))
            {
                await output.WriteLineAsync(SimulationText.Line(result));
                bars.Add(result);
                report.Add(result);
                foreach (var line in anchors.Beside(result))
                {
                    await output.WriteLineAsync(line);
                }
            }
        }

        foreach (var share in TrueShares.Where(_ => Chosen("srm")))
        {
            any = true;
            var result = SafetySimulation.Traffic(share, runs, seed);
            await output.WriteLineAsync($"\n{SimulationText.Line(result)}");
            await output.WriteLineAsync(anchors.Beside(result));
            bars.Add(result);
        }

        foreach (var change in TrueChanges.Where(_ => Chosen("guardrail")))
        {
            any = true;
            var result = SafetySimulation.Returns(417, change, runs, seed);
            await output.WriteLineAsync($"\n{SimulationText.Line(result)}");
            await output.WriteLineAsync(anchors.Beside(result));
            bars.Add(result);
        }

        if (!any)
        {
            await errors.WriteLineAsync($"No scenario has '{scenario}' in its name. There are {string.Join(", ", Shops.Select(shop => shop.Name))}, srm and guardrail.");
            return 1;
        }

        await output.WriteLineAsync($"\nBars\n{bars}");
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{Stopwatch.GetElapsedTime(start).TotalSeconds:F0} s"));
        return 0;

        bool Chosen(string name) => name.Contains(scenario, StringComparison.OrdinalIgnoreCase);

        Action<double> Progress(string name) => done =>
        {
            if (!Console.IsErrorRedirected)
            {
                errors.Write(string.Create(CultureInfo.InvariantCulture, $"\r{name}: {done:P0}   {(done >= 1 ? "\r\n" : "")}"));
            }
        };
    }

    /// <summary>Writes to two at once.</summary>
    private sealed class Tee(TextWriter one, TextWriter other) : TextWriter
    {
        public override Encoding Encoding => one.Encoding;

        public override void Write(char value)
        {
            one.Write(value);
            other.Write(value);
        }
    }
}
