using System.CommandLine;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using Expansion.Engine.Affinity;
using Expansion.Engine.Affinity.Listing;
using Expansion.Engine.Affinity.Months;
using Expansion.Engine.Affinity.Soundness;
using Expansion.Functions.Affinity;

namespace Expansion.Cli.Verbs;

/// <summary>Every pair of a shop's window with its measures, as CSV.</summary>
internal static class PairsVerb
{
    public static Command Create()
    {
        var shop = CliOptions.Shop();
        var output = new Option<FileInfo>("--out") { Description = "The CSV file to write; compressed when its name ends in .gz.", Required = true };
        var minSupport = new Option<double>("--min-support") { Description = "Least share of baskets with both, 0 to 1.", DefaultValueFactory = _ => 0 };
        var minLift = new Option<double>("--min-lift") { Description = "Least lift.", DefaultValueFactory = _ => 0 };
        var minCount = new Option<int>("--min-count") { Description = "Least number of baskets with both.", DefaultValueFactory = _ => 1 };
        var command = new Command("pairs", "Writes the pairs of products bought together as CSV.") { shop, output, minSupport, minLift, minCount };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var app = await CliApp.StartAsync(cancellationToken);
            if (!await app.KnowsAsync(parsed.GetRequiredValue(shop), cancellationToken))
            {
                return 1;
            }

            var window = await app.Get<WindowReader>().ReadAsync(parsed.GetRequiredValue(shop), cancellationToken);
            var least = Math.Max(Math.Max(1, parsed.GetValue(minCount)), (int)Math.Ceiling(parsed.GetValue(minSupport) * window.Baskets));
            var (pairs, q) = Judge(window, least, parsed.GetValue(minLift), cancellationToken);
            await using (var writer = Open(parsed.GetRequiredValue(output)))
            {
                await writer.WriteLineAsync(PairFields.Measured);
                foreach (var (pair, soundness) in pairs)
                {
                    await writer.WriteLineAsync(Line(pair, soundness, q.Of(soundness.P)));
                }
            }

            var period = window.Months.Count == 0 ? "no orders yet" : $"{window.Months[0].Month} to {window.Months[^1].Month}";
            Console.WriteLine($"{pairs.Count} pairs of {window.Skus.Count} products in {window.Baskets} baskets, {period}: {parsed.GetRequiredValue(output)}");
            return 0;
        });
        return command;
    }

    private static (List<(Pair Pair, PairSoundness Soundness)> Pairs, QValues Q) Judge(WindowCounts window, int minCount, double minLift, CancellationToken cancellationToken)
    {
        var discovery = new FalseDiscovery();
        var judged = new List<(Pair Pair, PairSoundness Soundness)>();
        foreach (var counted in window.Pairs(0, window.Skus.Count, minCount))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var counts = new PairCounts(counted.Both, window.Frequencies[counted.A], window.Frequencies[counted.B], window.Baskets);
            var soundness = PairSoundness.Of(counts);
            discovery.Add(soundness.P);
            if (counts.Lift >= minLift)
            {
                judged.Add((new(window.Skus[counted.A], window.Skus[counted.B], counts.Both, counts.A, counts.B, counts.Baskets), soundness));
            }
        }

        judged.Sort((x, y) => (y.Pair.Both, x.Pair.A, x.Pair.B).CompareTo((x.Pair.Both, y.Pair.A, y.Pair.B)));
        return (judged, discovery.ToQValues(FalseDiscovery.TestsAmong(window.Frequencies.Count(frequency => frequency >= minCount))));
    }

    private static StreamWriter Open(FileInfo file)
    {
        var stream = file.Create();
        return new(file.Extension == ".gz" ? new GZipStream(stream, CompressionLevel.Fastest) : stream, new UTF8Encoding(false)) { NewLine = "\n" };
    }

    private static string Line(Pair pair, PairSoundness soundness, LogProbability q) => string.Create(CultureInfo.InvariantCulture,
        $"{PairCsv.Quote(pair.A.Value)},{PairCsv.Quote(pair.B.Value)},{pair.Both},{pair.CountA},{pair.CountB},{pair.Baskets},{pair.Support:R},{pair.ConfidenceAb:R},{pair.ConfidenceBa:R},{pair.Lift:R},{soundness.Expected:R},{soundness.P.Value:R},{q.Value:R},{soundness.Interval.Low:R},{soundness.Interval.High:R},{soundness.ShrunkenLift:R}");
}
