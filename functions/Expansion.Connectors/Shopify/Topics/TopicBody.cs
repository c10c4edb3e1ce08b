using System.Text.Json;

namespace Expansion.Connectors.Shopify.Topics;

internal static class TopicBody
{
    /// <exception cref="JsonException">The body is something else.</exception>
    public static T Read<T>(this ShopifyDelivery delivery) =>
        ShopifyJson.Read<T>(delivery.Body.Span);
}
