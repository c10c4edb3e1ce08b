using System.Text.Json;
using Expansion.Engine;
using Expansion.Engine.Shops;

namespace Expansion.Connectors.Shopify.Topics;

/// <summary>The body is the shop as it was; which one, the header says.</summary>
internal sealed class AppUninstalledTopic(TimeProvider time) : IShopifyTopic
{
    public IReadOnlySet<string> Topics { get; } = new HashSet<string>(StringComparer.Ordinal) { "app/uninstalled" };

    public IReadOnlyList<IReceived> Read(ShopifyDelivery delivery)
    {
        delivery.Read<JsonElement>();
        return [new AppUninstalled(delivery.Shop, delivery.TriggeredAt ?? time.GetUtcNow())];
    }
}
