using Expansion.Engine;
using Expansion.Engine.Recommendations.Catalogue;

namespace Expansion.Connectors.Shopify.Topics;

/// <summary>The catalogue, stock and prices included: a change of either comes as an update of its product.</summary>
internal sealed class ProductTopic(TimeProvider time) : IShopifyTopic
{
    private const string Delete = "products/delete";

    public IReadOnlySet<string> Topics { get; } = new HashSet<string>(StringComparer.Ordinal) { "products/create", "products/update", Delete };

    public IReadOnlyList<IReceived> Read(ShopifyDelivery delivery)
    {
        var at = delivery.TriggeredAt ?? time.GetUtcNow();
        var product = delivery.Topic == Delete ? ShopifyProductMapper.MapDeleted(delivery.Body.Span, at) : ShopifyProductMapper.Map(delivery.Body.Span, at);
        return [new ProductReceived(delivery.Shop) { Product = product }];
    }
}
