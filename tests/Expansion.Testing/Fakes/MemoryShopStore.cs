using System.Collections.Concurrent;
using System.Globalization;
using Expansion.Engine;
using Expansion.Engine.Shops;

namespace Expansion.Testing.Fakes;

public sealed class MemoryShopStore : IShopStore
{
    private readonly ConcurrentDictionary<ShopId, Shop> _shops = new();
    private int _version;

    public Task<Shop?> FindAsync(ShopId shop, CancellationToken cancellationToken) => Task.FromResult(_shops.GetValueOrDefault(shop));

    public Task<Shop> EnsureAsync(ShopId shop, CancellationToken cancellationToken) => Task.FromResult(_shops.GetOrAdd(shop, id => new Shop(id, new ShopSettings(), NextVersion())));

    public Task<Shop?> SaveAsync(Shop shop, CancellationToken cancellationToken)
    {
        var next = shop with { Version = NextVersion() };
        return Task.FromResult(_shops.TryGetValue(shop.Id, out var known) && known.Version == shop.Version && _shops.TryUpdate(shop.Id, next, known) ? next : null);
    }

    public IAsyncEnumerable<Shop> ListAsync(CancellationToken cancellationToken) => _shops.Values.OrderBy(shop => shop.Id.Value, StringComparer.Ordinal).ToAsyncEnumerable();

    private string NextVersion() => Interlocked.Increment(ref _version).ToString(CultureInfo.InvariantCulture);
}
