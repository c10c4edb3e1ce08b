using System.CommandLine;
using System.Globalization;
using Expansion.Connectors.Csv;
using Expansion.Functions.Catalogue;

namespace Expansion.Cli.Verbs;

/// <summary>expansion import-products: Shopify's export of products into the shop's catalogue.</summary>
internal static class ImportProductsVerb
{
    public static Command Create()
    {
        var shop = CliOptions.Shop();
        var file = new Argument<FileInfo>("file") { Description = "Shopify's export of products, CSV in UTF-8, compressed with gzip or not." };
        var rejects = new Option<FileInfo?>("--rejects") { Description = "Where lines go that can't be imported. By default FILE.rejects.csv in the current directory." };
        file.AcceptExistingOnly();
        var command = new Command("import-products", "Imports a file of products, and adds the shop if it is new. What the file doesn't tell stays as it was.") { shop, file, rejects };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var (input, error) = (parsed.GetRequiredValue(file), parsed.InvocationConfiguration.Error);
            var rejectsFile = parsed.GetValue(rejects) ?? new FileInfo($"{input.Name}.rejects.csv");
            await using var app = await CliApp.StartAsync(cancellationToken);
            await using var products = input.OpenRead();
            using var rejected = new CsvRejects(rejectsFile.Create);
            var report = await app.Get<ImportProductFile>().RunAsync(parsed.GetRequiredValue(shop), products, rejected, cancellationToken);
            if (report.Refusal is { } refusal)
            {
                await error.WriteLineAsync($"{input.Name} was not imported. {refusal}");
                return 1;
            }

            await parsed.InvocationConfiguration.Output.WriteLineAsync(
                string.Create(CultureInfo.InvariantCulture, $"{report.Items:N0} products and variants read, {report.Saved:N0} new or changed. The model learns them as soon as a host runs."));
            if (rejected.Count > 0)
            {
                await error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{rejected.Count:N0} lines could not be imported; {rejectsFile.FullName} says why."));
            }

            return report.Items > 0 ? 0 : 1;
        });
        return command;
    }
}
