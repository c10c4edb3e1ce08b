namespace Expansion.Engine.Recommendations.Catalogue;

/// <summary>What is in stock where, for sources that tell it by location and under a name of its own.</summary>
public interface IStockStore
{
    /// <summary>Keeps which product a name of stock stands for. Can be repeated.</summary>
    Task NameAsync(ShopId shop, string item, Sku sku, CancellationToken cancellationToken);

    /// <summary>Keeps the level unless a later one of that location is known. Can be repeated.</summary>
    /// <returns>All that is known of the item now.</returns>
    Task<ItemStock> SaveAsync(StockReceived level, CancellationToken cancellationToken);
}

/// <param name="Sku">Null when the product hasn't been told yet.</param>
/// <param name="Levels">By location.</param>
/// <param name="Locations">How many locations the shop is known to have.</param>
public sealed record ItemStock(Sku? Sku, IReadOnlyDictionary<string, long> Levels, int Locations)
{
    /// <summary>
    /// What the levels say of the whole stock: their sum once every location has told its own. Before that the sum is the least there can be, so it says something only against a stock of none.
    /// </summary>
    /// <param name="known">What is known otherwise.</param>
    /// <returns>Null when they say nothing.</returns>
    public long? Total(long? known)
    {
        var sum = Levels.Values.Sum();
        return Levels.Count >= Locations || (sum > 0 && known <= 0) ? sum : null;
    }
}
