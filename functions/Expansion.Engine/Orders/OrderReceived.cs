namespace Expansion.Engine.Orders;

/// <summary>
/// An order, or a refund of one, was received from a shop: exactly one of <see cref="Order"/>, <see cref="Refund"/> and <see cref="Payload"/> is set.
/// </summary>
public sealed record OrderReceived(ShopId Shop) : IReceived
{
    public const string Queue = "order-received";

    public Order? Order { get; init; }

    public Refund? Refund { get; init; }

    public string? Payload { get; init; }

    string IReceived.Queue => Queue;

    IReceived IReceived.KeptIn(string payload) => new OrderReceived(Shop) { Payload = payload };
}
