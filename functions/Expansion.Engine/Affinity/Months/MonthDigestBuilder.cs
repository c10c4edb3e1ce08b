using System.Runtime.InteropServices;
using System.Text;
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
        var (starts, orders) = WriteOrders(local, builder);
        var customers = WriteCustomers(starts, orders.Written);
        var matrix = BasketMatrix.From(builder);
        var (lengths, pairs) = WritePairs(matrix, names.Length, cancellationToken);
        var skus = names.Select((name, item) => (name, matrix.Frequencies[item])).ToList();
        return MonthDigest.Write(month, version, skus, _baskets.Count, _customers.Count, customers, lengths, pairs);
    }

    /// <summary>Every basket one after the other, and where each begins.</summary>
    private (int[] Starts, VarintWriter Orders) WriteOrders(int[] local, BasketBuilder builder)
    {
        var writer = new VarintWriter();
        var starts = new int[_baskets.Count + 1];
        var start = 0;
        for (var basket = 0; basket < _baskets.Count; basket++)
        {
            _basket.Clear();
            for (; start < _baskets[basket].End; start++)
            {
                _basket.Add(local[_items[start]]);
            }

            var items = Distinct();
            builder.Add(items);
            writer.Write(_baskets[basket].Day);
            writer.Write(items.Length);
            var before = -1;
            foreach (var item in items)
            {
                writer.Write(item - before - 1);
                before = item;
            }

            starts[basket + 1] = writer.Length;
        }

        return (starts, writer);
    }

    /// <summary>The same by known customer, so that the months of a window can be merged.</summary>
    private VarintWriter WriteCustomers(int[] starts, ReadOnlySpan<byte> orders)
    {
        // Baskets of one customer are a chain, from the first to the last.
        var (first, next) = (new int[_customers.Count], new int[_baskets.Count]);
        Array.Fill(first, -1);
        for (var basket = _baskets.Count - 1; basket >= 0; basket--)
        {
            if (_baskets[basket].Customer is var customer and >= 0)
            {
                (next[basket], first[customer]) = (first[customer], basket);
            }
        }

        var ids = _customers.Keys.Select(Encoding.UTF8.GetBytes).ToArray();
        Array.Sort(ids, first, Comparer<byte[]>.Create((x, y) => x.AsSpan().SequenceCompareTo(y)));
        var (writer, history) = (new VarintWriter(), new VarintWriter());
        for (var customer = 0; customer < ids.Length; customer++)
        {
            history.Clear();
            for (var basket = first[customer]; basket >= 0; basket = next[basket])
            {
                history.Append(orders[starts[basket]..starts[basket + 1]]);
            }

            writer.WriteBlock(ids[customer]);
            writer.Write(history);
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
