using Expansion.Engine;

namespace Expansion.Connectors.Shopify;

/// <summary>A webhook whose signature is good.</summary>
/// <param name="Id">The same for every repeat of one delivery.</param>
/// <param name="TriggeredAt">When Shopify sent it off for the first time, if it says so.</param>
public sealed record ShopifyDelivery(ShopId Shop, string Topic, string Id, DateTimeOffset? TriggeredAt, ReadOnlyMemory<byte> Body);
