using Expansion.Engine.Timing.Signals;

namespace Expansion.Engine.Shops;

/// <summary>
/// A shop told what a shopper did. Who it was is told, or found out: by the subscription it is about, or by the offers that are in the cart, which were made to somebody.
/// </summary>
/// <param name="Signals">Their customer is <see cref="Unknown"/> until it is found out.</param>
public sealed record ShopperReceived(ShopId Shop, IReadOnlyList<Signal> Signals) : IReceived
{
    public const string Queue = "shopper-received";

    /// <summary>Stands in a signal for the customer who is still to be found out.</summary>
    public static readonly CustomerId Unknown = new("?");

    /// <summary>Null when it isn't told.</summary>
    public CustomerId? Customer { get; init; }

    /// <summary>The subscription contract it is about; with a customer, it is remembered as theirs.</summary>
    public string? Contract { get; init; }

    /// <summary>The offers that lie in the cart.</summary>
    public IReadOnlyList<string> Offers { get; init; } = [];

    public string? Payload { get; init; }

    string IReceived.Queue => Queue;

    IReceived IReceived.KeptIn(string payload) => new ShopperReceived(Shop, []) { Payload = payload };
}
