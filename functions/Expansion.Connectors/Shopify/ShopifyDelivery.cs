using System.Text.Json;
using Expansion.Engine;
using Expansion.Engine.Orders;

namespace Expansion.Connectors.Shopify;

/// <summary>A webhook whose signature is good.</summary>
/// <param name="Id">The same for every repeat of one delivery.</param>
/// <param name="TriggeredAt">When Shopify sent it off for the first time, if it says so.</param>
public sealed record ShopifyDelivery(ShopId Shop, string Topic, string Id, DateTimeOffset? TriggeredAt, ReadOnlyMemory<byte> Body)
{
    private const string RefundsCreate = "refunds/create";

    /// <summary>Each of these carries the whole order as it stands, so that they are all one to us.</summary>
    private static readonly string[] OrderTopics = ["orders/create", "orders/updated", "orders/paid", "orders/fulfilled", "orders/cancelled"];

    /// <summary>False for what we have no use for.</summary>
    public bool IsTaken => Topic == RefundsCreate || OrderTopics.Contains(Topic, StringComparer.Ordinal);

    /// <exception cref="JsonException">The body isn't what the topic says.</exception>
    public OrderReceived Open() => Topic == RefundsCreate
        ? new OrderReceived(Shop) { Refund = ShopifyOrderMapper.MapRefund(Body.Span) }
        : new OrderReceived(Shop) { Order = ShopifyOrderMapper.MapOrder(Body.Span, TriggeredAt) };
}
