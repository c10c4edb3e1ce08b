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
        var (starts, partners) = ByProduct(matrix, products, cancellationToken);
        for (var item = 0; item < products; item++)
        {
            var (start, before) = (writer.Length, item);
            foreach (var partner in partners.AsSpan(starts[item], starts[item + 1] - starts[item]))
            {
                writer.Write((int)(partner >> 32) - before - 1);
                writer.Write((int)partner - 1);
                before = (int)(partner >> 32);
            }

            lengths[item] = writer.Length - start;
        }

        return (lengths, writer);
    }

    /// <summary>The pairs by first product, each as second product and count in one number, ascending: distributed and sorted a product at a time, which is cheaper than sorting all.</summary>
    private static (int[] Starts, long[] Partners) ByProduct(BasketMatrix matrix, int products, CancellationToken cancellationToken)
    {
        var blocks = new List<PairCount[]>();
        var counter = new PairCounter(matrix, minCount: 1);
        counter.Count(counter.All, block => block.ToArray(), blocks.Add, cancellationToken);

        var starts = new int[products + 1];
        foreach (var block in blocks)
        {
            foreach (var pair in block)
            {
                starts[pair.A + 1]++;
            }
        }

        for (var item = 0; item < products; item++)
        {
            starts[item + 1] += starts[item];
        }

        var partners = new long[starts[^1]];
        var next = starts.AsSpan(0, products).ToArray();
        foreach (var block in blocks)
        {
            foreach (var pair in block)
            {
                partners[next[pair.A]++] = ((long)pair.B << 32) | (uint)pair.Both;
            }
        }

        for (var item = 0; item < products; item++)
        {
            partners.AsSpan(starts[item], starts[item + 1] - starts[item]).Sort();
        }

        return (starts, partners);
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
