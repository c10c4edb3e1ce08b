using System.Runtime.InteropServices;
using Expansion.Engine.Affinity.Mining;
using Expansion.Engine.Orders;

namespace Expansion.Engine.Affinity;

/// <summary>Turns segment rows into baskets of dense integers.</summary>
public sealed class BasketReader
{
    private readonly Dictionary<string, int> _items = [];
    private readonly List<Sku> _skus = [];
    private readonly List<int> _basket = [];

    public BasketBuilder Builder { get; } = new();

    /// <summary>The products seen, by item.</summary>
    public IReadOnlyList<Sku> Skus => _skus;

    public void Add(SegmentColumns rows)
    {
        var items = Array.ConvertAll(rows.SkuNames, Item);
        for (var order = 0; order < rows.OrderStarts.Length - 1; order++)
        {
            _basket.Clear();
            for (var row = rows.OrderStarts[order]; row < rows.OrderStarts[order + 1]; row++)
            {
                if (rows.Quantities[row] > 0)
                {
                    _basket.Add(items[rows.Skus[row]]);
                }
            }

            Builder.Add(CollectionsMarshal.AsSpan(_basket));
        }
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
