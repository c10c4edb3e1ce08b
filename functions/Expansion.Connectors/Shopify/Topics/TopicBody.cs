using System.Text.Json;
using Expansion.Engine;

namespace Expansion.Connectors.Shopify.Topics;

internal static class TopicBody
{
    /// <exception cref="JsonException">The body is something else.</exception>
    public static T Read<T>(this ShopifyDelivery delivery) =>
        JsonSerializer.Deserialize<T>(delivery.Body.Span, ExpansionJson.Options) ?? throw new JsonException("The body is null.");
}
