using Expansion.Engine;
using Expansion.Engine.Orders;
using Expansion.Engine.Recommendations;
using Expansion.Engine.Recommendations.Training;

namespace Expansion.Functions.Recommendations;

/// <summary>A window's orders as training takes them, and by customer.</summary>
internal sealed class WindowOrders
{
    private readonly Dictionary<string, Sku> _skus = new(StringComparer.Ordinal);
    private int _orders;

    public TrainingOrdersBuilder Training { get; } = new();

    public Dictionary<string, List<PastPurchase>> Customers { get; } = new(StringComparer.Ordinal);

    public void Add(YearMonth month, SegmentColumns columns)
    {
        for (var order = 0; order + 1 < columns.OrderStarts.Length; order++)
        {
            var basket = Basket(columns, order);
            var (at, customer) = (columns.OrderedAt[order], columns.CustomerIds[order]);
            Training.Add($"{month}/{_orders++:D9}", customer, (at - DateTime.UnixEpoch).TotalDays, basket);
            if (!string.IsNullOrEmpty(customer) && basket.Count > 0)
            {
                if (!Customers.TryGetValue(customer, out var purchases))
                {
                    Customers.Add(customer, purchases = []);
                }

                purchases.Add(new(new DateTimeOffset(at, TimeSpan.Zero), basket));
            }
        }
    }

    /// <summary>What was kept of the order, each product once and under one string for all orders.</summary>
    private List<Sku> Basket(SegmentColumns columns, int order)
    {
        var basket = new List<Sku>();
        for (var row = columns.OrderStarts[order]; row < columns.OrderStarts[order + 1]; row++)
        {
            var name = columns.SkuNames[columns.Skus[row]];
            if (columns.Quantities[row] > 0)
            {
                if (!_skus.TryGetValue(name, out var sku))
                {
                    _skus.Add(name, sku = new(name));
                }

                if (!basket.Contains(sku))
                {
                    basket.Add(sku);
                }
            }
        }

        return basket;
    }
}
