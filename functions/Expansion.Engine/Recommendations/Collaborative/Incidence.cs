using Expansion.Engine.Recommendations.Training;

namespace Expansion.Engine.Recommendations.Collaborative;

/// <summary>Who holds what: rows are baskets, or customers with all they ever bought, each with a weight; kept both ways round.</summary>
internal sealed class Incidence
{
    private readonly int[] _starts;
    private readonly int[] _items;
    private readonly int[] _rowStarts;
    private readonly int[] _rowsOf;

    private Incidence(int products, List<int> starts, List<int> items, float[] weights)
    {
        (_starts, _items, RowWeights) = ([.. starts], [.. items], weights);
        _rowStarts = new int[products + 1];
        foreach (var item in _items)
        {
            _rowStarts[item + 1]++;
        }

        for (var item = 0; item < products; item++)
        {
            _rowStarts[item + 1] += _rowStarts[item];
        }

        _rowsOf = new int[_items.Length];
        var next = _rowStarts.AsSpan(0, products).ToArray();
        for (var row = 0; row < weights.Length; row++)
        {
            foreach (var item in Row(row))
            {
                _rowsOf[next[item]++] = row;
            }
        }
    }

    public int Products => _rowStarts.Length - 1;

    public int Rows => RowWeights.Length;

    public float[] RowWeights { get; }

    /// <summary>What the rows that hold a product weigh together, on average over the products that any row holds; 0 without rows. The unit in which penalties are told.</summary>
    public double Typical
    {
        get
        {
            var (sum, held) = (0.0, 0);
            for (var row = 0; row < Rows; row++)
            {
                sum += (double)RowWeights[row] * Row(row).Length;
            }

            for (var item = 0; item < Products; item++)
            {
                held += RowsOf(item).IsEmpty ? 0 : 1;
            }

            return held == 0 ? 0 : sum / held;
        }
    }

    public ReadOnlySpan<int> Row(int row) => _items.AsSpan(_starts[row], _starts[row + 1] - _starts[row]);

    public ReadOnlySpan<int> RowsOf(int item) => _rowsOf.AsSpan(_rowStarts[item], _rowStarts[item + 1] - _rowStarts[item]);

    /// <param name="size">A basket of n products weighs n^-size: a wholesaler's order says little about any one pair.</param>
    /// <param name="halfLife">Days after which a basket weighs half; infinite to count all alike. Without dates all count alike.</param>
    public static Incidence OfBaskets(TrainingOrders orders, double size, double halfLife)
    {
        var (starts, items, weights) = (new List<int> { 0 }, new List<int>(), new float[orders.Count]);
        for (var order = 0; order < orders.Count; order++)
        {
            var basket = orders.Basket(order);
            items.AddRange(basket);
            starts.Add(items.Count);
            weights[order] = (float)(Math.Pow(basket.Length, -size) * Decay(orders, order, halfLife));
        }

        return new(orders.Skus.Length, starts, items, weights);
    }

    /// <summary>One row a customer; an order nobody is known for is a row of its own.</summary>
    /// <param name="size">A customer of n products weighs n^-size.</param>
    public static Incidence OfCustomers(TrainingOrders orders, double size)
    {
        var rows = new List<List<int>>();
        var rowOf = new Dictionary<int, int>();
        for (var order = 0; order < orders.Count; order++)
        {
            var customer = orders.Customers[order];
            if (customer < 0 || !rowOf.TryGetValue(customer, out var row))
            {
                row = rows.Count;
                rows.Add([]);
                if (customer >= 0)
                {
                    rowOf.Add(customer, row);
                }
            }

            rows[row].AddRange(orders.Basket(order));
        }

        var (starts, items, weights) = (new List<int> { 0 }, new List<int>(), new float[rows.Count]);
        for (var row = 0; row < rows.Count; row++)
        {
            var distinct = rows[row].Distinct().Order().ToList();
            items.AddRange(distinct);
            starts.Add(items.Count);
            weights[row] = (float)Math.Pow(distinct.Count, -size);
        }

        return new(orders.Skus.Length, starts, items, weights);
    }

    /// <summary>These rows and others besides; a row of n products weighs <paramref name="weight"/> · n^-size.</summary>
    public Incidence With(IReadOnlyList<int[]> rows, double weight, double size)
    {
        if (weight == 0)
        {
            return this;
        }

        var (starts, items) = (new List<int>(_starts), new List<int>(_items));
        foreach (var row in rows)
        {
            items.AddRange(row);
            starts.Add(items.Count);
        }

        return new(Products, starts, items, [.. RowWeights, .. rows.Select(row => (float)(weight * Math.Pow(row.Length, -size)))]);
    }

    public static double Decay(TrainingOrders orders, int order, double halfLife) =>
        orders.Days is { } days ? Math.Pow(0.5, (orders.End - days[order]) / halfLife) : 1;
}
