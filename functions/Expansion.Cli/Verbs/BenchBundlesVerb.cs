using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.IO.Hashing;
using System.Text;
using System.Text.Json;
using Expansion.Connectors.Csv;
using Expansion.Engine;
using Expansion.Engine.Offers.Bundles;
using Expansion.Engine.Offers.Pricing;
using Expansion.Functions.Affinity;
using Expansion.Functions.Orders;
using Expansion.Functions.Pricing;

namespace Expansion.Cli.Verbs;

/// <summary>
/// `expansion bench bundles FILE`: a file of orders imported into a fresh shop and recomputed, then its bundles made, timed. A file without a header that names order_id is taken
/// as one basket a line, items separated by commas, and its products get made-up prices.
/// </summary>
internal static class BenchBundlesVerb
{
    private const decimal AssumedMargin = 0.5m;

    public static Command Create()
    {
        var file = new Argument<FileInfo>("file") { Description = "A CSV file of orders, or of baskets, one a line." };
        file.AcceptExistingOnly();
        var command = new Command("bundles", "Imports and recomputes a file, then makes its bundles, and says how long that took. Costs are taken to be half of the prices.") { file };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var app = await CliApp.StartAsync(cancellationToken);
            var shop = ShopId.From($"bench-{Guid.NewGuid():N}");
            await using var orders = Orders(parsed.GetRequiredValue(file), out var pricesMadeUp);
            using var rejects = new CsvRejects(() => Stream.Null);
            await app.Get<ImportOrders>().RunAsync(shop, orders, "plain", rejects, _ => Task.CompletedTask, cancellationToken);
            var generation = await app.Get<ShopRecompute>().RunAsync(shop, null, cancellationToken);
            await app.Get<IPricingDocuments>().SaveAsync(shop, PricingSettings.Document, new PricingSettings { AssumedMargin = AssumedMargin }, null, cancellationToken);

            // The first run notes every product's price, once; the second is what every night costs.
            var first = await TimeAsync();
            var (seconds, set) = await TimeAsync();
            Console.WriteLine(JsonSerializer.Serialize(new
            {
                FirstS = first.Seconds,
                BundlesS = seconds,
                generation.Products,
                generation.Kept,
                Bundles = set.Plan.Bundles.Count,
                BySize = set.Plan.Bundles.CountBy(bundle => bundle.Items.Count).OrderBy(size => size.Key).ToDictionary(size => size.Key.ToString(CultureInfo.InvariantCulture), size => size.Value),
                set.Plan.Exact,
                ExpectedMarginAMonth = set.Plan.Bundles.Sum(bundle => bundle.ExpectedMargin.Amount),
                PricesMadeUp = pricesMadeUp,
                PeakRssMb = Process.GetCurrentProcess().PeakWorkingSet64 / 1_048_576,
            }, ExpansionJson.Options));
            return 0;

            async Task<(double Seconds, BundleSet Set)> TimeAsync()
            {
                var watch = Stopwatch.StartNew();
                var set = await app.Get<ShopBundles>().RunAsync(shop, cancellationToken);
                return (Math.Round(watch.Elapsed.TotalSeconds, 2), set!);
            }
        });
        return command;
    }

    private static Stream Orders(FileInfo file, out bool pricesMadeUp)
    {
        using (var reader = file.OpenText())
        {
            pricesMadeUp = file.Extension != ".gz" && reader.ReadLine()?.Contains("order_id", StringComparison.Ordinal) == false;
        }

        return pricesMadeUp ? FromBaskets(file) : file.OpenRead();
    }

    /// <summary>Prices of 1.00 to 10.99, by a hash of the product's name: the same in every run.</summary>
    private static MemoryStream FromBaskets(FileInfo file)
    {
        var csv = new StringBuilder("order_id,ordered_at,sku,quantity,unit_price\n");
        using var reader = file.OpenText();
        for (var order = 1; reader.ReadLine() is { } line; order++)
        {
            foreach (var item in line.Split(',').Select(item => item.Trim()))
            {
                var price = 1 + ((Crc32.HashToUInt32(Encoding.UTF8.GetBytes(item)) % 1000) / 100m);
                csv.Append(CultureInfo.InvariantCulture, $"{order},2024-05-{(order % 28) + 1:00}T10:00:00Z,{item},1,{price}\n");
            }
        }

        return new(Encoding.UTF8.GetBytes(csv.ToString()));
    }
}
