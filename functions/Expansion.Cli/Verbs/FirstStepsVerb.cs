using System.CommandLine;
using Expansion.Engine.Affinity.FirstSteps;
using Expansion.Functions.Affinity;

namespace Expansion.Cli.Verbs;

/// <summary>Where a shop begins: its strongest pairs and busiest touchpoints, with what they may bring.</summary>
internal static class FirstStepsVerb
{
    public static Command Create()
    {
        var (shop, json) = (CliOptions.Shop(), CliOptions.Json());
        var command = new Command("first-steps", "Shows the three strongest cross-sell pairs, the touchpoints with most traffic, and what each may bring.") { shop, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var app = await CliApp.StartAsync(cancellationToken);
            var (pairs, missing) = await app.Get<ShopPairsReader>().ReadAsync(parsed.GetRequiredValue(shop), cancellationToken);
            if (missing is not null)
            {
                await Console.Error.WriteLineAsync(missing.Reason);
                return 1;
            }

            var report = FirstStepsReport.Of(pairs!);
            Console.Write(parsed.GetValue(json) ? CliOptions.Indented(report) : FirstStepsText.Of(report));
            return 0;
        });
        return command;
    }
}
