namespace Expansion.Engine.Timing.Signals;

/// <summary>Signals of one shop arrived, or it is time to look at <see cref="Due"/> customers again. One customer's signals travel in one message where they can.</summary>
public sealed record SignalsReceived(ShopId Shop, IReadOnlyList<Signal> Signals)
{
    public const string Queue = "signals-received";

    /// <summary>Customers whose reason to wait may have ended.</summary>
    public IReadOnlyList<CustomerId> Due { get; init; } = [];
}
