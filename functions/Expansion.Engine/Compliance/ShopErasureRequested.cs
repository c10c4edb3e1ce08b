namespace Expansion.Engine.Compliance;

/// <summary>All that is kept of a shop is to be erased.</summary>
public sealed record ShopErasureRequested(ShopId Shop) : IReceived
{
    public const string Queue = "shop-erasure-requested";

    string IReceived.Queue => Queue;

    string? IReceived.Payload => null;

    IReceived IReceived.KeptIn(string payload) => throw new InvalidOperationException("A shop's name fits into any queue.");
}
