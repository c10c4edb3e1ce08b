namespace Expansion.Engine.Compliance;

/// <summary>A customer wants to see what is kept about them: the shop is to be given it.</summary>
/// <param name="Id">The request's own.</param>
public sealed record CustomerDataRequested(ShopId Shop, string Id, Person Person) : IReceived
{
    public const string Queue = "customer-data-requested";

    public string? Payload { get; init; }

    string IReceived.Queue => Queue;

    IReceived IReceived.KeptIn(string payload) => this with { Person = new([], null, []), Payload = payload };
}
