namespace Expansion.Engine.Recommendations.Catalogue;

/// <summary>How many of something are left at one of a shop's locations.</summary>
/// <param name="Item">What the stock is told under: <see cref="CatalogueItem.InventoryItem"/>.</param>
/// <param name="Available">Below 0 where more were sold than there were.</param>
/// <param name="At">When this was so, by the source.</param>
public sealed record StockReceived(ShopId Shop, string Item, string Location, long Available, DateTimeOffset At) : IReceived
{
    public const string Queue = "stock-received";

    string IReceived.Queue => Queue;

    string? IReceived.Payload => null;

    IReceived IReceived.KeptIn(string payload) => throw new InvalidOperationException("A level of stock fits into any queue.");
}
