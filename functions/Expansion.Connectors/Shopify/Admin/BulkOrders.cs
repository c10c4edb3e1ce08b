using System.Globalization;
using System.Text.Json;
using Expansion.Engine;

namespace Expansion.Connectors.Shopify.Admin;

/// <summary>Has a shop export its orders of a time by a bulk operation. https://shopify.dev/docs/api/usage/bulk-operations/queries</summary>
public sealed class BulkOrders(ShopifyAdmin admin)
{
    private const string Start = """
        mutation ($query: String!) { bulkOperationRunQuery(query: $query, groupObjects: false) { bulkOperation { id status } userErrors { field message } } }
        """;

    private const string Look = """
        query ($id: ID!) { node(id: $id) { ... on BulkOperation { id status errorCode objectCount fileSize url partialDataUrl } } }
        """;

    /// <summary>Two levels and two connections, as the limits of bulk operations have it; what came back of a line stands in currentQuantity.</summary>
    private const string Orders = """
        { orders(query: "created_at:>=FROM AND created_at:<UNTIL") { edges { node {
          id createdAt updatedAt cancelledAt test displayFinancialStatus currencyCode customer { id }
          lineItems { edges { node { id title name sku quantity currentQuantity
            discountedUnitPriceAfterAllDiscountsSet { shopMoney { amount currencyCode } }
            product { id } variant { id } customAttributes { key value } } } } } } } }
        """;

    /// <returns>The operation's id.</returns>
    public async Task<string> StartAsync(ShopId shop, DateTimeOffset from, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var query = Orders.Replace("FROM", Time(from), StringComparison.Ordinal).Replace("UNTIL", Time(until), StringComparison.Ordinal);
        var run = (await admin.AskAsync(shop, Start, new { query }, cancellationToken)).Of("bulkOperationRunQuery");
        if (run.Of("bulkOperation")?.Text("id") is { } id)
        {
            return id;
        }

        var refusal = run.Of("userErrors") is { ValueKind: JsonValueKind.Array } errors && errors.GetArrayLength() > 0 ? errors[0].Text("message") : null;
        // Another export, ours or another app's, has to end first.
        throw refusal?.Contains("already in progress", StringComparison.OrdinalIgnoreCase) == true
            ? new ShopifyUnavailableException($"{shop} is making another export.", null)
            : new ShopifyRefusedException($"{shop} refuses to export: {refusal ?? "it doesn't say why"}");
    }

    public async Task<BulkOperation> FindAsync(ShopId shop, string id, CancellationToken cancellationToken)
    {
        var node = (await admin.AskAsync(shop, Look, new { id }, cancellationToken)).Of("node");
        return node?.Text("status") is not { } status
            ? new(BulkState.Lost, null, null, "The export is gone.")
            : new(
                status switch
                {
                    "CREATED" or "RUNNING" or "CANCELING" => BulkState.Running,
                    "COMPLETED" => BulkState.Completed,
                    _ => BulkState.Lost,
                },
                Uri.TryCreate(node.Text("url"), UriKind.Absolute, out var url) ? url : null,
                long.TryParse(node.Text("fileSize"), NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? size : null,
                $"The export ended as {status} {node.Text("errorCode")}".TrimEnd());
    }

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}

public enum BulkState
{
    Running,
    Completed,

    /// <summary>It failed, was cancelled, ran out of time or is forgotten: start another.</summary>
    Lost,
}

/// <param name="Url">Where the file is, for seven days; null when there was nothing to export.</param>
/// <param name="Bytes">How long it is.</param>
public sealed record BulkOperation(BulkState State, Uri? Url, long? Bytes, string Ending);
