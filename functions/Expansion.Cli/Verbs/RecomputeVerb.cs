using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Expansion.Engine;
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
            return await app.KnowsAsync(parsed.GetRequiredValue(shop), cancellationToken)
                && (await RunAsync(app, parsed.GetRequiredValue(shop), cancellationToken)).Baskets > 0 ? 0 : 1;
        });
        return command;
    }

    /// <summary>Says what it does, and how long each stage took, on standard error, and what came of it on standard output.</summary>
    public static async Task<AffinityGeneration> RunAsync(CliApp app, ShopId shop, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        var (running, since) = ((RecomputeStage?)null, TimeSpan.Zero);
        var generation = await app.Get<ShopRecompute>().RunAsync(shop, stage => Begin(stage), cancellationToken);
        Begin(null);
        Console.WriteLine(Summary(shop, generation, watch.Elapsed));
        return generation;

        void Begin(RecomputeStage? next)
        {
            if (running is { } stage)
            {
                Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {stage.ToString().ToLowerInvariant(),-9} {(watch.Elapsed - since).TotalSeconds,7:N2} s"));
            }

            (running, since) = (next, watch.Elapsed);
        }
    }

    private static string Summary(ShopId shop, AffinityGeneration generation, TimeSpan elapsed) => generation.Baskets == 0
        ? $"{shop} has no orders yet: import some with `import --shop {shop} FILE`."
        : string.Create(CultureInfo.InvariantCulture, $"""
            {shop}: {generation.Baskets:N0} baskets of {generation.Products:N0} products, {generation.From} to {generation.To}
            {generation.Pairs:N0} pairs counted, {generation.Kept:N0} kept, {generation.Sound:N0} of them sound (q ≤ 0.05), {generation.Seasonal:N0} of those only seasonal
            {generation.Actionable:N0} pairs of {generation.ActionableProducts:N0} products are over the shop's thresholds; sound down to a support of {generation.LowestSoundSupport:P2}, which {generation.PairsAtLowestSoundSupport:N0} pairs reach
            {elapsed.TotalSeconds:N1} s, peak memory {Process.GetCurrentProcess().PeakWorkingSet64 / 1_048_576:N0} MB
            """);
}
