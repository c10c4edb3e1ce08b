using Expansion.Engine;
using Expansion.Engine.Orders;

namespace Expansion.Functions.Orders;

/// <summary>What a file tells of its products: for each the last title and price it names.</summary>
internal sealed class ImportCatalog
{
    private readonly Dictionary<Sku, Product> _products = [];

    /// <summary>The _products of which something is new.</summary>
    public IReadOnlyCollection<Product> News => _products.Values;

    public void Add(in ImportedLine line)
    {
        var price = line.UnitPrice is { } amount ? new Money(amount, line.Currency) : (Money?)null;
        if (!_products.TryGetValue(line.Sku, out var known) || (line.Title ?? known.Title) != known.Title || (price ?? known.Price) != known.Price)
        {
            _products[line.Sku] = new Product(line.Sku, line.Title ?? known?.Title, price ?? known?.Price);
        }
    }

    /// <summary>Drops what is no news, so that a second import writes nothing.</summary>
    public void Forget(Product known)
    {
        if (_products.TryGetValue(known.Sku, out var told) && (told.Title ?? known.Title) == known.Title && (told.Price ?? known.Price) == known.Price)
        {
            _products.Remove(known.Sku);
        }
    }
}
