using Expansion.Engine;
using Expansion.Engine.Orders;

namespace Expansion.Connectors.Shopify.Topics;

/// <summary>Each of these carries the whole order as it stands, so that they are all one to us.</summary>
internal sealed class OrderTopic : IShopifyTopic
{
    public IReadOnlySet<string> Topics { get; } = new HashSet<string>(StringComparer.Ordinal)
    {
        "orders/create", "orders/updated", "orders/paid", "orders/fulfilled", "orders/cancelled",
    };

    public IReadOnlyList<IReceived> Read(ShopifyDelivery delivery) =>
        [new OrderReceived(delivery.Shop) { Order = ShopifyOrderMapper.MapOrder(delivery.Body.Span, delivery.TriggeredAt) }];
}
