using System.Collections.Concurrent;
using Expansion.Engine;
using Expansion.Engine.Orders;

namespace Expansion.Testing.Fakes;

public sealed class MemoryProductStore : IProductStore
{
    private readonly ConcurrentDictionary<(ShopId Shop, Sku Sku), Product> _products = new();

    public int Saved { get; private set; }

    public Task SaveAsync(ShopId shop, IReadOnlyCollection<Product> products, CancellationToken cancellationToken)
    {
        foreach (var product in products)
        {
            Saved++;
            _products.AddOrUpdate((shop, product.Sku), product, (_, known) => new Product(known.Sku, product.Title ?? known.Title, product.Price ?? known.Price));
        }

        return Task.CompletedTask;
    }

    public Task<IReadOnlyDictionary<Sku, Product>> FindAsync(ShopId shop, IReadOnlyCollection<Sku> skus, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyDictionary<Sku, Product>>(skus.Distinct().Where(sku => _products.ContainsKey((shop, sku))).ToDictionary(sku => sku, sku => _products[(shop, sku)]));

    public IAsyncEnumerable<Product> ListAsync(ShopId shop, CancellationToken cancellationToken) =>
        _products.Where(product => product.Key.Shop == shop).Select(product => product.Value).OrderBy(product => product.Sku).ToAsyncEnumerable();
}
