using System.CommandLine;
using Expansion.Engine;
using Expansion.Engine.Affinity.Explain;
using Expansion.Functions.Affinity;

namespace Expansion.Cli.Verbs;

/// <summary>All that is known of one pair, and what it means.</summary>
internal static class ExplainVerb
{
    public static Command Create()
    {
        var (shop, json) = (CliOptions.Shop(), CliOptions.Json());
        var a = new Option<string>("--a") { Description = "The SKU of one product.", Required = true };
        var b = new Option<string>("--b") { Description = "The SKU of the other.", Required = true };
        var command = new Command("explain", "Explains one pair: the verdict in words, a table by month, all numbers.") { shop, a, b, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var app = await CliApp.StartAsync(cancellationToken);
            var (pairs, missing) = await app.Get<ShopPairsReader>().ReadAsync(parsed.GetRequiredValue(shop), cancellationToken);
            var (explanation, unknown) = pairs is null
                ? (null, missing!.Reason)
                : await app.Get<PairExplainer>().ExplainAsync(pairs, new Sku(parsed.GetRequiredValue(a)), new Sku(parsed.GetRequiredValue(b)), cancellationToken);
            if (explanation is null)
            {
                await Console.Error.WriteLineAsync(unknown);
                return 1;
            }

            Console.Write(parsed.GetValue(json) ? CliOptions.Indented(explanation) : ExplanationText.Of(explanation));
            return 0;
        });
        return command;
    }
}
