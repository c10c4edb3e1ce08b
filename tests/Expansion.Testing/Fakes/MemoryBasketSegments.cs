using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.CompilerServices;
using Expansion.Engine;
using Expansion.Engine.Orders;

namespace Expansion.Testing.Fakes;

public sealed class MemoryBasketSegments : IBasketSegments
{
    private readonly ConcurrentDictionary<(ShopId Shop, YearMonth Month), MonthOrders> _segments = new();

    /// <summary>How many writes are yet to be told that somebody else was faster.</summary>
    public int RacesToLose { get; set; }

    public int Writes { get; private set; }

    public Task<IReadOnlyList<SegmentInfo>> ListAsync(ShopId shop, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<SegmentInfo>>(
        [.. _segments.Where(segment => segment.Key.Shop == shop).Select(segment => new SegmentInfo(segment.Key.Month, segment.Value.Version!, 1)).OrderBy(segment => segment.Month)]);

    public Task<MonthOrders> ReadAsync(ShopId shop, YearMonth month, CancellationToken cancellationToken) =>
        Task.FromResult(_segments.GetValueOrDefault((shop, month)) ?? new MonthOrders([], null));

    public Task<bool> WriteAsync(ShopId shop, YearMonth month, MonthOrders orders, CancellationToken cancellationToken)
    {
        if (RacesToLose-- > 0 || _segments.GetValueOrDefault((shop, month))?.Version != orders.Version)
        {
            return Task.FromResult(false);
        }

        _segments[(shop, month)] = orders with { Version = (++Writes).ToString(CultureInfo.InvariantCulture) };
        return Task.FromResult(true);
    }

    public IAsyncEnumerable<Order> StreamAsync(ShopId shop, YearMonth month, CancellationToken cancellationToken) =>
        (_segments.GetValueOrDefault((shop, month))?.Orders ?? []).OrderBy(order => order.OrderedAt).ToAsyncEnumerable();

    /// <summary>One row group.</summary>
    public async IAsyncEnumerable<SegmentColumns> ReadColumnsAsync(ShopId shop, YearMonth month, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var orders = await StreamAsync(shop, month, cancellationToken).ToListAsync(cancellationToken);
        var lines = orders.SelectMany(order => order.Lines).ToList();
        var names = lines.Select(line => line.Sku.Value).Distinct().ToList();
        yield return new(
            [.. orders.Aggregate(new List<int> { 0 }, (starts, order) => [.. starts, starts[^1] + order.Lines.Count])],
            [.. orders.Select(order => order.CustomerId?.Value)],
            [.. orders.Select(order => order.OrderedAt.UtcDateTime)],
            [.. names],
            [.. lines.Select(line => names.IndexOf(line.Sku.Value))],
            [.. lines.Select(line => line.Quantity)]);
    }
}
