namespace Expansion.Engine.Recommendations.Training;

/// <summary>
/// The orders a model is trained on, as arrays: products are numbers in ordinal order of their SKU, customers are numbers, baskets hold each product once.
/// Dated orders are in order of time; undated ones in an order that is arbitrary but always the same, so that the last of either can be held back for validation.
/// </summary>
public sealed class TrainingOrders
{
    private readonly int[] _starts;
    private readonly int[] _items;

    internal TrainingOrders(Sku[] skus, int[] starts, int[] items, int[] customers, double[]? days, int count)
    {
        (Skus, _starts, _items, Customers, Days, Count) = (skus, starts, items, customers, days, count);
    }

    /// <summary>Every product that was ordered or is in the catalogue; its place is its number.</summary>
    public Sku[] Skus { get; }

    public int Count { get; }

    /// <summary>By order the customer's number, -1 where nobody is known.</summary>
    public int[] Customers { get; }

    /// <summary>By order the time in days since 1970 in UTC, ascending; null where not every order has one.</summary>
    public double[]? Days { get; }

    /// <summary>The moment a recommendation is made at: just behind the last order; 0 without dates.</summary>
    public double End => Days is null || Count == 0 ? 0 : Days[Count - 1];

    /// <summary>The distinct products of an order, ascending.</summary>
    public ReadOnlySpan<int> Basket(int order) => _items.AsSpan(_starts[order], _starts[order + 1] - _starts[order]);

    /// <summary>The first orders only; the products stay the same.</summary>
    public TrainingOrders First(int count) => new(Skus, _starts, _items, Customers, Days, count);

    /// <summary>
    /// Ways to hold orders back, each the orders with how many of them are known. With dates that is the last fifth; without, any order can be held back, so each fifth is once.
    /// </summary>
    internal IReadOnlyList<(TrainingOrders Orders, int Known)> HoldBack()
    {
        const int Parts = 5;
        var known = Count - (Count / Parts);
        return Days is null
            ? [.. Enumerable.Range(0, Parts).Select(part => (From(part * Count / Parts), known))]
            : [(this, known)];
    }

    /// <summary>The same orders, beginning with one in the middle.</summary>
    private TrainingOrders From(int first)
    {
        var order = Enumerable.Range(first, Count - first).Concat(Enumerable.Range(0, first)).ToArray();
        var (starts, items) = (new int[Count + 1], new int[_starts[Count]]);
        for (var i = 0; i < Count; i++)
        {
            var basket = Basket(order[i]);
            basket.CopyTo(items.AsSpan(starts[i]));
            starts[i + 1] = starts[i] + basket.Length;
        }

        return new(Skus, starts, items, Array.ConvertAll(order, i => Customers[i]), Days, Count);
    }
}
