using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Expansion.Cli.Verbs.Signals;
using Expansion.Engine;
using Expansion.Engine.Offers;
using Expansion.Engine.Timing;
using Expansion.Functions.Timing;
using Spectre.Console;

namespace Expansion.Cli.Verbs;

/// <summary>Goes through a shop's recorded signals of a past period again, with its options of today and with others, and shows what would have been offered and what kept silent.</summary>
internal static class SimulateVerb
{
    private static readonly JsonSerializerOptions Strict = new(ExpansionJson.Options) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };

    public static Command Create()
    {
        var shop = CliOptions.Shop();
        var from = new Option<DateTimeOffset>("--from") { Description = "Begin of the period, e.g. 2026-03-01.", Required = true, CustomParser = CliOptions.Time };
        var until = new Option<DateTimeOffset>("--to") { Description = "Its end, not included.", Required = true, CustomParser = CliOptions.Time };
        var options = new Option<FileInfo>("--options") { Description = "A JSON file of timing options, as GET /api/shops/{shop}/timing answers them; the shop's own when not given." };
        var report = new Option<FileInfo?>("--report") { Description = "An HTML file to write, with charts." };
        var json = CliOptions.Json();
        options.AcceptExistingOnly();
        var command = new Command("simulate", "Replays recorded signals with changed options: what would have been offered, and what not.") { shop, from, until, options, report, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var app = await CliApp.StartAsync(cancellationToken);
            var id = parsed.GetRequiredValue(shop);
            if (!await app.KnowsAsync(id, cancellationToken) || await app.Get<ShopTimings>().FindAsync(id, cancellationToken) is not { } timing)
            {
                return 1;
            }

            var (begin, end) = (parsed.GetValue(from), parsed.GetValue(until));
            if (begin >= end)
            {
                Console.Error.WriteLine("--from must be before --to.");
                return 1;
            }

            var (changed, mistakes) = await ReadAsync(parsed.GetValue(options), cancellationToken);
            foreach (var mistake in mistakes)
            {
                Console.Error.WriteLine(mistake);
            }

            if (mistakes.Count > 0)
            {
                return 1;
            }

            var runs = new List<SimulatedRun> { new("options of today", await RunAsync(app, timing, timing.Settings, begin, end, cancellationToken)) };
            if (changed is not null)
            {
                runs.Add(new("changed options", await RunAsync(app, timing, changed, begin, end, cancellationToken)));
            }

            if (parsed.GetValue(report) is { } file)
            {
                await File.WriteAllTextAsync(file.FullName, SimulationPage.Write(id, begin, end, runs), cancellationToken);
            }

            Show(runs, parsed.GetValue(json));
            return 0;
        });
        return command;
    }

    private static async Task<ReplaySummary> RunAsync(CliApp app, ShopTiming shop, TimingSettings settings, DateTimeOffset from, DateTimeOffset until, CancellationToken cancellationToken) =>
        ReplaySummary.Of(await app.Get<SignalHistory>().ReplayAsync(shop, settings, shop.Rules, app.Get<IOfferCandidates>(), from, until, cancellationToken));

    private static async Task<(TimingSettings? Settings, IReadOnlyList<string> Mistakes)> ReadAsync(FileInfo? file, CancellationToken cancellationToken)
    {
        if (file is null)
        {
            return (null, []);
        }

        try
        {
            await using var stream = file.OpenRead();
            var settings = await JsonSerializer.DeserializeAsync<TimingSettings>(stream, Strict, cancellationToken);
            return settings is null ? (null, [$"{file.Name} is empty."]) : (settings, [.. settings.Validate().Select(error => $"{file.Name}: {error.Key} {string.Join("; ", error.Value)}")]);
        }
        catch (JsonException exception)
        {
            return (null, [$"{file.Name} is no document of timing options: {exception.Message}"]);
        }
    }

    private static void Show(IReadOnlyList<SimulatedRun> runs, bool json)
    {
        if (json)
        {
            Console.Write(CliOptions.Indented(runs));
            return;
        }

        var table = new Table().Border(TableBorder.Simple).AddColumn("");
        runs.ToList().ForEach(run => table.AddColumn(new TableColumn(run.Options).RightAligned()));
        Add("moments", run => run.Moments);
        Add("offers", run => run.Offers);
        Rows("offered on", run => run.Occasions);
        Rows("silent for", run => run.Silences);
        AnsiConsole.Write(table);

        void Rows(string what, Func<ReplaySummary, IReadOnlyDictionary<string, int>> counts)
        {
            foreach (var name in runs.SelectMany(run => counts(run.Summary).Keys).Distinct())
            {
                Add($"  {what} {name}", run => counts(run).GetValueOrDefault(name));
            }
        }

        void Add(string what, Func<ReplaySummary, int> count) =>
            table.AddRow([Markup.Escape(what), .. runs.Select(run => count(run.Summary).ToString("N0", CultureInfo.InvariantCulture))]);
    }
}

internal sealed record SimulatedRun(string Options, ReplaySummary Summary);
