using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Expansion.Connectors.Shopify;

/// <summary>What Shopify says of a delivery beside its body. Only the body is signed, so nothing here is to be trusted further than a key.</summary>
/// <param name="DeliveryId">The same for every repeat of one delivery.</param>
public sealed record ShopifyHeaders(string? Signature, string? Topic, string? ShopDomain, string? DeliveryId, DateTimeOffset? TriggeredAt)
{
    /// <summary>Shopify's classic prefix, then the one of its newer events.</summary>
    private static readonly string[] Prefixes = ["X-Shopify-", "shopify-"];

    /// <summary>The headers that a delivery can't be taken without and that aren't there. The signature isn't among them: without it the answer is another.</summary>
    public IReadOnlyList<string> Missing { get; } =
    [
        .. new[] { ("X-Shopify-Topic", Topic), ("X-Shopify-Shop-Domain", ShopDomain), ("X-Shopify-Webhook-Id", DeliveryId) }
            .Where(header => header.Item2 is null).Select(header => header.Item1),
    ];

    public static ShopifyHeaders From(IHeaderDictionary headers)
    {
        return new ShopifyHeaders(
            Find("Hmac-Sha256"),
            Find("Topic"),
            Find("Shop-Domain"),
            Find("Webhook-Id"),
            DateTimeOffset.TryParse(Find("Triggered-At"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time : null);

        string? Find(string name) => Prefixes.Select(prefix => headers[prefix + name].ToString().Trim()).FirstOrDefault(value => value.Length > 0);
    }
}
