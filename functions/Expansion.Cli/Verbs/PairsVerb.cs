using System.CommandLine;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using Expansion.Engine;
using Expansion.Engine.Affinity;
using Expansion.Functions.Affinity;

namespace Expansion.Cli.Verbs;

/// <summary>Every pair of a shop's window with its measures, as CSV.</summary>
internal static class PairsVerb
{
    private const string Header = "a,b,count_ab,count_a,count_b,n,support,confidence_ab,confidence_ba,lift";

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
            var window = await app.Get<WindowReader>().ReadAsync(parsed.GetRequiredValue(shop), cancellationToken: cancellationToken);
            var least = Math.Max(parsed.GetValue(minCount), (int)Math.Ceiling(parsed.GetValue(minSupport) * window.Baskets));
            var pairs = window.Pairs(Math.Max(1, least)).Where(pair => pair.Lift >= parsed.GetValue(minLift)).ToList();
            await using (var writer = Open(parsed.GetRequiredValue(output)))
            {
                await writer.WriteLineAsync(Header);
                foreach (var pair in pairs)
                {
                    await writer.WriteLineAsync(Line(pair));
                }
            }

            Console.WriteLine($"{pairs.Count} pairs of {window.Products} products in {window.Baskets} baskets, {window.From} to {window.To}: {parsed.GetRequiredValue(output)}");
            return 0;
        });
        return command;
    }

    private static StreamWriter Open(FileInfo file)
    {
        var stream = file.Create();
        return new(file.Extension == ".gz" ? new GZipStream(stream, CompressionLevel.Fastest) : stream, new UTF8Encoding(false)) { NewLine = "\n" };
    }

    private static string Line(Pair pair) => string.Create(CultureInfo.InvariantCulture,
        $"{Quote(pair.A)},{Quote(pair.B)},{pair.Both},{pair.CountA},{pair.CountB},{pair.Baskets},{pair.Support:R},{pair.ConfidenceAb:R},{pair.ConfidenceBa:R},{pair.Lift:R}");

    private static string Quote(Sku sku) =>
        sku.Value.AsSpan().IndexOfAny(",\"\r\n") < 0 ? sku.Value : $"\"{sku.Value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
