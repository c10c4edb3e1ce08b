using System.CommandLine;
using Azure;
using Expansion.Connectors.Shopify;
using Expansion.Engine.Affinity;
using Expansion.Engine.Shops;
using Microsoft.Extensions.Options;

namespace Expansion.Cli.Verbs;

/// <summary>What is wrong with configuration, storage and connectors, a sentence each. Exit code 0 only when nothing is.</summary>
internal static class DoctorVerb
{
    private static readonly TimeSpan Stale = TimeSpan.FromHours(36);

    public static Command Create()
    {
        var command = new Command("doctor", "Says what is wrong with configuration, storage and connectors.");
        command.SetAction(async (_, cancellationToken) =>
        {
            await using var app = await CliApp.StartAsync(cancellationToken);
            var complaints = 0;
            await foreach (var (ok, finding) in ExamineAsync(app, cancellationToken))
            {
                Console.WriteLine($"{(ok ? "ok     " : "PROBLEM")} {finding}");
                complaints += ok ? 0 : 1;
            }

            return complaints == 0 ? 0 : 1;
        });
        return command;
    }

    private static async IAsyncEnumerable<(bool Ok, string Finding)> ExamineAsync(CliApp app, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return Shopify(app);

        var (shops, problem) = await ShopsAsync(app, cancellationToken);
        yield return problem is null ? (true, $"Storage answers; it knows {shops.Count} shops.") : (false, problem);
        foreach (var shop in shops)
        {
            yield return await AffinityAsync(app, shop, cancellationToken);
        }
    }

    private static (bool, string) Shopify(CliApp app)
    {
        try
        {
            var shops = app.Get<IOptions<ShopifyOptions>>().Value.Shops.Count;
            return (true, shops == 0 ? "Shopify is off: no shop is configured under Shopify:Shops." : $"Shopify webhooks are taken from {shops} shops.");
        }
        catch (OptionsValidationException exception)
        {
            return (false, $"Shopify is misconfigured. {string.Join(' ', exception.Failures)}");
        }
    }

    private static async Task<(IReadOnlyList<Shop> Shops, string? Problem)> ShopsAsync(CliApp app, CancellationToken cancellationToken)
    {
        try
        {
            return (await app.Get<IShopStore>().ListAsync(cancellationToken).ToListAsync(cancellationToken), null);
        }
        catch (Exception exception) when (exception is RequestFailedException or AggregateException)
        {
            return ([], $"Storage does not answer: {exception.Message.Split('\n')[0].Trim()} Check the setting AzureWebJobsStorage.");
        }
    }

    private static async Task<(bool, string)> AffinityAsync(CliApp app, Shop shop, CancellationToken cancellationToken) =>
        await app.Get<IAffinityStore>().CurrentAsync(shop.Id, cancellationToken) switch
        {
            null => (false, $"{shop.Id} has no affinities yet: run `recompute --shop {shop.Id}`, or wait for the night."),
            var generation when TimeProvider.System.GetUtcNow() - generation.StartedAt > Stale =>
                (false, $"The affinities of {shop.Id} are from {generation.StartedAt:yyyy-MM-dd HH:mm} UTC: has the nightly recompute failed? Its status is at /api/shops/{shop.Id}/recompute."),
            var generation => (true, $"The affinities of {shop.Id} are from {generation.StartedAt:yyyy-MM-dd HH:mm} UTC."),
        };
}
