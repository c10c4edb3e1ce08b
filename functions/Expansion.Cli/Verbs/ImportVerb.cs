using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Expansion.Connectors.Csv;
using Expansion.Engine;
using Expansion.Engine.Metrics;
using Expansion.Engine.Orders;
using Expansion.Engine.Timing.Signals;
using Expansion.Functions.Orders;
using Spectre.Console;

namespace Expansion.Cli.Verbs;

/// <summary>expansion import: a file of orders into the shop's history.</summary>
internal static class ImportVerb
{
    public static Command Create()
    {
        var shop = CliOptions.Shop();
        var file = new Argument<FileInfo>("file") { Description = "A CSV file of orders in UTF-8, compressed with gzip or not." };
        var format = new Option<string?>("--format") { Description = "How the file is laid out. Told by its header when not given." };
        var rejects = new Option<FileInfo?>("--rejects") { Description = "Where lines go that can't be imported. By default FILE.rejects.csv in the current directory." };
        file.AcceptExistingOnly();
        format.AcceptOnlyFromAmong("plain", "shopify");
        var command = new Command("import", "Imports a file of orders, and adds the shop if it is new. A second import of the same file changes nothing.") { shop, file, format, rejects };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var input = parsed.GetRequiredValue(file);
            await using var app = await CliApp.StartAsync(cancellationToken);
            return await RunAsync(
                app.Get<ImportOrders>(), app.Get<IMessageQueue>(), parsed.GetRequiredValue(shop), input, parsed.GetValue(format), parsed.GetValue(rejects) ?? new FileInfo($"{input.Name}.rejects.csv"),
                parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error, cancellationToken);
        });
        return command;
    }

    internal static async Task<int> RunAsync(
        ImportOrders import, IMessageQueue queue, ShopId shop, FileInfo file, string? format, FileInfo rejectsFile, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(error), Interactive = Console.IsErrorRedirected ? InteractionSupport.No : InteractionSupport.Detect });
        await using var orders = file.OpenRead();
        using var rejects = new CsvRejects(rejectsFile.Create);
        var report = await new ImportProgressView(console, error, TimeProvider.System)
            .WatchAsync(progress => import.RunAsync(shop, orders, format, rejects, progress, cancellationToken));
        if (report.Refusal is { } refusal)
        {
            await error.WriteLineAsync($"{file.Name} was not imported. {refusal}");
            return 1;
        }

        foreach (var month in PurchasesImported.Of(shop, report.First, report.Last, TimeProvider.System.GetUtcNow()))
        {
            await queue.SendAsync(PurchasesImported.Queue, month, cancellationToken);
        }

        await queue.SendAsync(RollUpDue.Queue, new RollUpDue(shop, Close: false), cancellationToken);
        await output.WriteLineAsync(Summary(report));
        if (report.Rejected > 0)
        {
            await error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{report.Rejected:N0} lines could not be imported; {rejectsFile.FullName} says why."));
        }

        if (report.Orders == 0)
        {
            await error.WriteLineAsync("There was no order to import.");
        }

        return report.Orders > 0 ? 0 : 1;
    }

    private static string Summary(ImportReport report) => string.Create(CultureInfo.InvariantCulture, $"""
        {report.Orders:N0} orders from {report.Lines:N0} lines, {report.Rejected:N0} of them rejected
        {report.First:yyyy-MM-dd} to {report.Last:yyyy-MM-dd}: {report.Months} months, {report.MonthsWritten} changed; {report.Products:N0} products new or changed
        {report.Elapsed.TotalSeconds:N1} s, {report.Lines / report.Elapsed.TotalSeconds:N0} lines/s, peak memory {Process.GetCurrentProcess().PeakWorkingSet64 / 1_048_576:N0} MB
        """);
}
