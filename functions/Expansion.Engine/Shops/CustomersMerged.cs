namespace Expansion.Engine.Shops;

/// <summary>Two of a shop's customers turned out to be one: what is known of the one that is gone is the other's now.</summary>
public sealed record CustomersMerged(ShopId Shop, CustomerId Kept, CustomerId Gone) : IReceived
{
    public const string Queue = "customers-merged";

    string IReceived.Queue => Queue;

    string? IReceived.Payload => null;

    IReceived IReceived.KeptIn(string payload) => throw new InvalidOperationException("Two ids fit into any queue.");
}
