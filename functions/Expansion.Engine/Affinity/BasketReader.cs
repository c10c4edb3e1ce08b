using Expansion.Engine.Affinity.Mining;
using Expansion.Engine.Orders;

namespace Expansion.Engine.Affinity;

/// <summary>Turns segment rows into baskets of dense integers. An order's rows stand together, so one basket is open at a time.</summary>
public sealed class BasketReader
{
    private readonly Dictionary<string, int> _items = [];
    private readonly List<Sku> _skus = [];
    private int[] _basket = new int[64];

    public BasketBuilder Builder { get; } = new();

    /// <summary>The products seen in a basket, by item.</summary>
    public IReadOnlyList<Sku> Skus => _skus;

    public void Add(SegmentColumns rows)
    {
        var start = 0;
        for (var end = 1; end <= rows.OrderIds.Length; end++)
        {
            if (end == rows.OrderIds.Length || rows.OrderIds[end] != rows.OrderIds[start])
            {
                AddOrder(rows, start, end);
                start = end;
            }
        }
    }

    private void AddOrder(SegmentColumns rows, int start, int end)
    {
        if (_basket.Length < end - start)
        {
            _basket = new int[2 * (end - start)];
        }

        var length = 0;
        for (var row = start; row < end; row++)
        {
            if (rows.Quantities[row] > 0)
            {
                _basket[length++] = Item(rows.Skus[row]);
            }
        }

        Builder.Add(_basket.AsSpan(0, length));
    }

    private int Item(string sku)
    {
        if (!_items.TryGetValue(sku, out var item))
        {
            item = _skus.Count;
            _items.Add(sku, item);
            _skus.Add(new(sku));
        }

        return item;
    }
}
