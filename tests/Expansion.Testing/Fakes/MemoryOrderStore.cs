using System.Collections.Concurrent;
using Expansion.Engine;
using Expansion.Engine.Orders;

namespace Expansion.Testing.Fakes;

/// <summary>Keeps the newest version of each order, and no refunds.</summary>
public sealed class MemoryOrderStore : IOrderStore
{
    private readonly ConcurrentDictionary<(ShopId Shop, OrderId Id), Order> _orders = new();

    public int Saves { get; private set; }

    public Task SaveAsync(ShopId shop, Order order, CancellationToken cancellationToken)
    {
        Saves++;
        _orders.AddOrUpdate((shop, order.Id), order, (_, known) => known.UpdatedAt > order.UpdatedAt ? known : order);
        return Task.CompletedTask;
    }

    public Task SaveAsync(ShopId shop, Refund refund, CancellationToken cancellationToken) => throw new NotSupportedException("Nothing that is tested with this has refunds.");

    public Task<KnownOrder?> FindAsync(ShopId shop, OrderId order, CancellationToken cancellationToken) =>
        Task.FromResult(_orders.TryGetValue((shop, order), out var found) ? new KnownOrder(found, []) : null);

    public IAsyncEnumerable<Order> ReadAsync(ShopId shop, YearMonth month, CancellationToken cancellationToken) =>
        _orders.Where(order => order.Key.Shop == shop && order.Value.Month == month).Select(order => order.Value).ToAsyncEnumerable();

    public Task<IReadOnlyList<ChangedMonth>> ChangedMonthsAsync(ShopId shop, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<ChangedMonth>>([]);

    public Task ClearAsync(ShopId shop, ChangedMonth month, CancellationToken cancellationToken) => Task.CompletedTask;
}
