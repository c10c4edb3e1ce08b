using System.CommandLine;
using System.Globalization;
using Expansion.Connectors.Shopify.Csv;
using Expansion.Engine.Offers.Bundles;
using Expansion.Functions.Pricing;
using Spectre.Console;

namespace Expansion.Cli.Verbs;

/// <summary>Makes a shop's bundles from its pairs, now, shows the best and, if asked, writes them all for Shopify's product import.</summary>
internal static class BundlesVerb
{
    private const int Shown = 20;

    public static Command Create()
    {
        var shop = CliOptions.Shop();
        var output = new Option<FileInfo?>("--out") { Description = "A CSV file to write, for Shopify's product import." };
        var command = new Command("bundles", "Makes a shop's bundles from the products bought together, and shows the best.") { shop, output };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var app = await CliApp.StartAsync(cancellationToken);
            var id = parsed.GetRequiredValue(shop);
            if (await app.Get<ShopBundles>().RunAsync(id, cancellationToken) is not { } set)
            {
                Console.Error.WriteLine($"{id} has no pairs yet: run `recompute --shop {id}` first.");
                return 1;
            }

            Show(set.Plan);
            if (parsed.GetValue(output) is { } file)
            {
                await using var stream = file.Create();
                ShopifyBundleCsv.Write(set.Plan.Bundles, stream);
            }

            return 0;
        });
        return command;
    }

    private static void Show(BundlePlan plan)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("bundle", "one by one", "together", "saving", "margin", "a month");
        foreach (var bundle in plan.Bundles.Take(Shown))
        {
            table.AddRow(
                Markup.Escape(bundle.Title), Text(bundle.Sum.Amount), Text(bundle.Price.Amount), Text(bundle.Saving.Amount) + string.Create(CultureInfo.InvariantCulture, $" ({bundle.SavingPercent} %)"),
                Text(bundle.Margin.Amount) + (bundle.CostAssumed ? " assumed" : ""), Text(bundle.ExpectedMargin.Amount));
        }

        AnsiConsole.Write(table);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{plan.Bundles.Count} bundles, {(plan.Exact ? "proved to be the best choice" : "the best choice found")}."));
        foreach (var (reason, count) in plan.LeftOut.OrderByDescending(left => left.Value))
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Left out: {count:N0} {reason}."));
        }
    }

    private static string Text(decimal amount) => amount.ToString("N2", CultureInfo.InvariantCulture);
}
