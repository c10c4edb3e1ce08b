using System.Runtime.InteropServices;
using Expansion.Engine.Affinity.Mining;
using Expansion.Engine.Orders;

namespace Expansion.Engine.Affinity.Months;

/// <summary>Makes a month's digest from its orders. Time: that of counting the month's pairs; memory: the baskets three times and the pairs once (12 bytes each).</summary>
public sealed class MonthDigestBuilder(YearMonth month, string version)
{
    private readonly Dictionary<string, int> _seen = [];
    private readonly Dictionary<string, int> _customers = [];
    private readonly List<int> _items = [];
    private readonly List<int> _basket = [];
    private readonly List<(int End, int Customer, int Day)> _baskets = [];

    public void Add(SegmentColumns rows)
    {
        var items = Array.ConvertAll(rows.SkuNames, _ => -1);
        for (var order = 0; order < rows.OrderStarts.Length - 1; order++)
        {
            for (var row = rows.OrderStarts[order]; row < rows.OrderStarts[order + 1]; row++)
            {
                if (rows.Quantities[row] > 0)
                {
                    ref var item = ref items[rows.Skus[row]];
                    item = item < 0 ? Index(_seen, rows.SkuNames[rows.Skus[row]]) : item;
                    _items.Add(item);
                }
            }

            Close(rows.CustomerIds[order], rows.OrderedAt[order]);
        }
    }

    /// <param name="skus">In any order, repetitions allowed; an order of which nothing was kept is no basket.</param>
    public void Add(string? customer, DateTime orderedAt, IEnumerable<string> skus)
    {
        foreach (var sku in skus)
        {
            _items.Add(Index(_seen, sku));
        }

        Close(customer, orderedAt);
    }

    private void Close(string? customer, DateTime orderedAt)
    {
        if (_items.Count > (_baskets.Count == 0 ? 0 : _baskets[^1].End))
        {
            _baskets.Add((_items.Count, string.IsNullOrEmpty(customer) ? -1 : Index(_customers, customer), orderedAt.Day));
        }
    }

    public MonthDigest Build(CancellationToken cancellationToken)
    {
        var names = _seen.Keys.ToArray();
        Array.Sort(names, string.CompareOrdinal);
        var local = new int[names.Length];
        for (var item = 0; item < names.Length; item++)
        {
            local[_seen[names[item]]] = item;
        }

        var builder = new BasketBuilder();
        var baskets = WriteBaskets(local, builder);
        var matrix = BasketMatrix.From(builder);
        var (lengths, pairs) = WritePairs(matrix, names.Length, cancellationToken);
        var skus = names.Select((name, item) => (name, matrix.Frequencies[item])).ToList();
        return MonthDigest.Write(month, version, skus, [.. _customers.Keys], _baskets.Count, baskets, lengths, pairs);
    }

    private VarintWriter WriteBaskets(int[] local, BasketBuilder builder)
    {
        var writer = new VarintWriter();
        var start = 0;
        foreach (var (end, customer, day) in _baskets)
        {
            _basket.Clear();
            for (var i = start; i < end; i++)
            {
                _basket.Add(local[_items[i]]);
            }

            var items = Distinct();
            builder.Add(items);
            writer.Write(customer + 1);
            writer.Write(day);
            writer.Write(items.Length);
            var before = -1;
            foreach (var item in items)
            {
                writer.Write(item - before - 1);
                before = item;
            }

            start = end;
        }

        return writer;
    }

    private ReadOnlySpan<int> Distinct()
    {
        _basket.Sort();
        var items = CollectionsMarshal.AsSpan(_basket);
        var kept = 0;
        foreach (var item in items)
        {
            if (kept == 0 || item != items[kept - 1])
            {
                items[kept++] = item;
            }
        }

        return items[..kept];
    }

    private static (int[] Lengths, VarintWriter Pairs) WritePairs(BasketMatrix matrix, int products, CancellationToken cancellationToken)
    {
        var lengths = new int[products];
        var writer = new VarintWriter();
        var (item, partner) = (-1, -1);
        foreach (var pair in new PairCounter(matrix, minCount: 1).ToList(cancellationToken: cancellationToken))
        {
            if (pair.A != item)
            {
                (item, partner) = (pair.A, pair.A);
            }

            var start = writer.Length;
            writer.Write(pair.B - partner - 1);
            writer.Write(pair.Both - 1);
            partner = pair.B;
            lengths[item] += writer.Length - start;
        }

        return (lengths, writer);
    }

    private static int Index(Dictionary<string, int> indexes, string name)
    {
        if (!indexes.TryGetValue(name, out var index))
        {
            index = indexes.Count;
            indexes.Add(name, index);
        }

        return index;
    }
}
