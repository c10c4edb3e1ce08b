using System.CommandLine;
using Expansion.Engine.Affinity;
using Expansion.Functions.Affinity;

namespace Expansion.Cli.Verbs;

/// <summary>The nightly job for one shop, now, to completion.</summary>
internal static class RecomputeVerb
{
    public static Command Create()
    {
        var shop = CliOptions.Shop();
        var command = new Command("recompute", "Learns which products of a shop belong together, now.") { shop };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var app = await CliApp.StartAsync(cancellationToken);
            return await RunAsync(app, parsed.GetRequiredValue(shop), cancellationToken);
        });
        return command;
    }
}
