using System.Text;

namespace Expansion.Engine.Recommendations.Training;

/// <summary>Takes orders as they come, from a file or a window's digests, and makes them what is trained on.</summary>
public sealed class TrainingOrdersBuilder
{
    private readonly Dictionary<Sku, int> _numbers = [];
    private readonly Dictionary<string, int> _customers = [];
    private readonly List<Row> _rows = [];

    public int Count => _rows.Count;

    /// <summary>A product of the catalogue, ordered or not.</summary>
    public void AddProduct(Sku sku) => Number(sku);

    /// <param name="order">Decides the order of undated orders and of those at the same time.</param>
    /// <param name="customer">Null or empty where nobody is known.</param>
    /// <param name="day">Days since 1970 in UTC; null where the time isn't known.</param>
    /// <param name="basket">What was kept of the order; a product counts once.</param>
    public void Add(string order, string? customer, double? day, IEnumerable<Sku> basket)
    {
        var items = basket.Select(Number).Distinct().ToArray();
        if (items.Length > 0)
        {
            _rows.Add(new(order, string.IsNullOrEmpty(customer) ? -1 : Customer(customer), day, items));
        }
    }

    public int Customer(string customer) => Number(_customers, customer);

    public TrainingOrders Build()
    {
        var dated = _rows.Count > 0 && _rows.TrueForAll(row => row.Day is not null);
        var rows = dated
            ? _rows.OrderBy(row => row.Day!.Value).ThenBy(row => row.Order, StringComparer.Ordinal).ToList()
            : [.. _rows.OrderBy(row => Hash(row.Order)).ThenBy(row => row.Order, StringComparer.Ordinal)];
        var skus = _numbers.Keys.Order().ToArray();
        var final = new int[skus.Length];
        for (var item = 0; item < skus.Length; item++)
        {
            final[_numbers[skus[item]]] = item;
        }

        var starts = new int[rows.Count + 1];
        var items = new int[rows.Sum(row => row.Items.Length)];
        for (var order = 0; order < rows.Count; order++)
        {
            var basket = items.AsSpan(starts[order], rows[order].Items.Length);
            for (var i = 0; i < basket.Length; i++)
            {
                basket[i] = final[rows[order].Items[i]];
            }

            basket.Sort();
            starts[order + 1] = starts[order] + basket.Length;
        }

        return new(skus, starts, items, [.. rows.Select(row => row.Customer)], dated ? [.. rows.Select(row => row.Day!.Value)] : null, rows.Count);
    }

    private int Number(Sku sku) => Number(_numbers, sku);

    private static int Number<TKey>(Dictionary<TKey, int> numbers, TKey key)
        where TKey : notnull
    {
        if (!numbers.TryGetValue(key, out var number))
        {
            numbers.Add(key, number = numbers.Count);
        }

        return number;
    }

    /// <summary>FNV-1a with a last mixing step: files list orders in runs of like ones, and a sample must not.</summary>
    internal static ulong Hash(string text)
    {
        var hash = 14695981039346656037UL;
        foreach (var b in Encoding.UTF8.GetBytes(text))
        {
            hash = (hash ^ b) * 1099511628211UL;
        }

        hash = (hash ^ (hash >> 33)) * 0xff51afd7ed558ccdUL;
        return hash ^ (hash >> 33);
    }

    private readonly record struct Row(string Order, int Customer, double? Day, int[] Items);
}
