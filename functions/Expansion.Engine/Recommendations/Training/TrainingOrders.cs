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
}
