namespace Expansion.Engine.Compliance;

/// <summary>What is kept about a customer is to be erased. The orders stay as nobody's: what was sold together says nothing of who bought it.</summary>
public sealed record CustomerErasureRequested(ShopId Shop, Person Person) : IReceived
{
    public const string Queue = "customer-erasure-requested";

    public string? Payload { get; init; }

    string IReceived.Queue => Queue;

    IReceived IReceived.KeptIn(string payload) => this with { Person = new([], null, []), Payload = payload };
}
