namespace Expansion.Engine.Orders;

/// <summary>
/// An order, or a refund of one, was received from a shop: exactly one of <see cref="Order"/>, <see cref="Refund"/> and <see cref="Payload"/> is set.
/// A message over the queue's limit is kept as a blob, in this same form, and <see cref="Payload"/> names it.
/// </summary>
public sealed record OrderReceived(ShopId Shop)
{
    public const string Queue = "order-received";

    public Order? Order { get; init; }

    public Refund? Refund { get; init; }

    public string? Payload { get; init; }
}
