using Expansion.Engine;
using Expansion.Engine.Orders;

namespace Expansion.Functions.Orders;

/// <summary>What a file tells of its products: for each the last title and price it names.</summary>
internal sealed class ImportCatalog
{
    private readonly Dictionary<Sku, Product> products = [];

    /// <summary>The products of which something is new.</summary>
    public IReadOnlyCollection<Product> News => products.Values;

    public void Add(in ImportedLine line)
    {
        var price = line.UnitPrice is { } amount ? new Money(amount, line.Currency) : (Money?)null;
        if (!products.TryGetValue(line.Sku, out var known) || (line.Title ?? known.Title) != known.Title || (price ?? known.Price) != known.Price)
        {
            products[line.Sku] = new Product(line.Sku, line.Title ?? known?.Title, price ?? known?.Price);
        }
    }

    /// <summary>Drops what is no news, so that a second import writes nothing.</summary>
    public void Forget(Product known)
    {
        if (products.TryGetValue(known.Sku, out var told) && (told.Title ?? known.Title) == known.Title && (told.Price ?? known.Price) == known.Price)
        {
            products.Remove(known.Sku);
        }
    }
}
