using System.Globalization;
using Expansion.Engine;
using Expansion.Engine.Recommendations.Catalogue;

namespace Expansion.Connectors.Shopify.Topics;

/// <summary>How many are left at one location; which product it is, only the product's own topics tell.</summary>
internal sealed class InventoryTopic(TimeProvider time) : IShopifyTopic
{
    public IReadOnlySet<string> Topics { get; } = new HashSet<string>(StringComparer.Ordinal) { "inventory_levels/update" };

    public IReadOnlyList<IReceived> Read(ShopifyDelivery delivery)
    {
        var level = delivery.Read<InventoryLevelPayload>();
        // Without a number the stock isn't tracked there.
        return level.Available is { } available
            ? [new StockReceived(delivery.Shop, Text(level.InventoryItemId), Text(level.LocationId), available, (level.UpdatedAt ?? delivery.TriggeredAt ?? time.GetUtcNow()).ToUniversalTime())]
            : [];
    }

    private static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);
}

internal sealed record InventoryLevelPayload
{
    public required long InventoryItemId { get; init; }

    public required long LocationId { get; init; }

    public long? Available { get; init; }

    public DateTimeOffset? UpdatedAt { get; init; }
}
