namespace Expansion.Engine.Shops;

/// <summary>A shop has taken the app out. All that is kept of it goes when it asks for that, two days later.</summary>
public sealed record AppUninstalled(ShopId Shop, DateTimeOffset At) : IReceived
{
    public const string Queue = "app-uninstalled";

    string IReceived.Queue => Queue;

    string? IReceived.Payload => null;

    IReceived IReceived.KeptIn(string payload) => throw new InvalidOperationException("A shop's name fits into any queue.");
}
