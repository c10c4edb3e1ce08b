using System.Runtime.CompilerServices;
using System.Text.Json;
using Expansion.Connectors.Shopify.Admin;
using Expansion.Engine;
using Microsoft.Extensions.Options;

namespace Expansion.Connectors.Shopify;

/// <summary>Whether each shop lets us do what it is configured for.</summary>
internal sealed class ShopifyCheck(IOptions<ShopifyOptions> options, ShopifyAdmin admin) : IConnectorCheck
{
    private const string Scopes = "{ currentAppInstallation { accessScopes { handle } } }";

    private static readonly string[] Reading = ["read_orders", "read_products"];

    private static readonly string[] Publishing = ["read_orders", "read_products", "write_products"];

    public async IAsyncEnumerable<ConnectorFinding> ExamineAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var shop in options.Value.Shops)
        {
            yield return shop.AccessToken is null
                ? new(true, $"Backfill and publishing are off for {shop.Domain}: it has no AccessToken.")
                : await ReachAsync(shop, cancellationToken);
        }
    }

    private async Task<ConnectorFinding> ReachAsync(ShopifyShopOptions shop, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await admin.AskAsync(ShopId.From(shop.Domain), Scopes, new { }, cancellationToken);
            var granted = answer.Of("currentAppInstallation").Of("accessScopes") is { ValueKind: JsonValueKind.Array } scopes ? scopes.EnumerateArray().Select(scope => scope.Text("handle")).ToHashSet() : [];
            return (shop.PublishComplementary ? Publishing : Reading).Where(scope => !granted.Contains(scope)).ToList() is { Count: > 0 } missing
                ? new(false, $"{shop.Domain} doesn't grant {string.Join(", ", missing)}: add them to the app's scopes, and have the shop agree.")
                : granted.Contains("read_all_orders") ? new(true, $"{shop.Domain} lets us read its orders and products.")
                : new(true, $"{shop.Domain} lets us read its orders of 60 days, and products; older orders need read_all_orders.");
        }
        catch (Exception exception) when (exception is ShopifyRefusedException or ShopifyUnavailableException)
        {
            return new(false, exception.Message);
        }
    }
}
