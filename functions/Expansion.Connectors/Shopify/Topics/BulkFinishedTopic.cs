using System.Text.Json;
using Expansion.Engine;
using Expansion.Engine.Shops;

namespace Expansion.Connectors.Shopify.Topics;

/// <summary>An export is over, well or not: whoever waits for it looks.</summary>
internal sealed class BulkFinishedTopic : IShopifyTopic
{
    public IReadOnlySet<string> Topics { get; } = new HashSet<string>(StringComparer.Ordinal) { "bulk_operations/finish" };

    public IReadOnlyList<IReceived> Read(ShopifyDelivery delivery) =>
        [new BackfillDue(delivery.Shop, delivery.Read<BulkFinishedPayload>().AdminGraphqlApiId ?? throw new JsonException("admin_graphql_api_id is missing."))];
}

internal sealed record BulkFinishedPayload
{
    public string? AdminGraphqlApiId { get; init; }
}
