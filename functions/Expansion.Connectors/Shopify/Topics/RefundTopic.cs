using Expansion.Engine;
using Expansion.Engine.Orders;

namespace Expansion.Connectors.Shopify.Topics;

internal sealed class RefundTopic : IShopifyTopic
{
    public IReadOnlySet<string> Topics { get; } = new HashSet<string>(StringComparer.Ordinal) { "refunds/create" };

    public IReadOnlyList<IReceived> Read(ShopifyDelivery delivery) =>
        [new OrderReceived(delivery.Shop) { Refund = ShopifyOrderMapper.MapRefund(delivery.Body.Span) }];
}
