using System.Runtime.InteropServices;

namespace Expansion.Engine.Affinity.Delay;

/// <summary>
/// How often customers buy the same product again, one customer's history at a time. Each customer gives one number, the median of his own gaps, so that one
/// who buys weekly doesn't speak for all. Memory is a hundred bytes a product, and two for each customer who came back for it until there are many, then four for each day up to its longest gap.
/// </summary>
public sealed class RepurchaseCounter
{
    private readonly Dictionary<int, Purchases> _products = [];
    private readonly List<(int Product, int Day)> _bought = [];
    private readonly List<int> _gaps = [];

    /// <param name="history">All orders of one customer, oldest first.</param>
    public void Add(IReadOnlyList<CustomerOrder> history)
    {
        _bought.Clear();
        foreach (var order in history)
        {
            foreach (var product in order.Products)
            {
                _bought.Add((product, order.Day.DayNumber));
            }
        }

        _bought.Sort();
        for (var i = 0; i < _bought.Count; i++)
        {
            var (product, day) = _bought[i];
            if (i > 0 && _bought[i - 1].Product == product && _bought[i - 1].Day < day)
            {
                _gaps.Add(day - _bought[i - 1].Day);
            }

            if (i + 1 == _bought.Count || _bought[i + 1].Product != product)
            {
                (CollectionsMarshal.GetValueRefOrAddDefault(_products, product, out _) ??= new()).Add(_gaps);
                _gaps.Clear();
            }
        }
    }

    public void Add(RepurchaseCounter other)
    {
        foreach (var (product, purchases) in other._products)
        {
            (CollectionsMarshal.GetValueRefOrAddDefault(_products, product, out _) ??= new()).Add(purchases);
        }
    }

    public RepurchaseInterval Of(int product) => _products.TryGetValue(product, out var purchases)
        ? new(purchases.Customers, purchases.Gaps.Total, purchases.Gaps.Quantile(0.25), purchases.Gaps.Quantile(0.5), purchases.Gaps.Quantile(0.75))
        : new(0, 0, null, null, null);

    private sealed class Purchases
    {
        public long Customers { get; private set; }

        public DayHistogram Gaps { get; } = new();

        public void Add(List<int> gaps)
        {
            Customers++;
            if (gaps.Count > 0)
            {
                gaps.Sort();
                Gaps.Add(gaps[(gaps.Count - 1) / 2]);
            }
        }

        public void Add(Purchases other)
        {
            Customers += other.Customers;
            Gaps.Add(other.Gaps);
        }
    }
}

/// <param name="Customers">Customers who bought the product.</param>
/// <param name="Repeaters">Customers who bought it on more than one day.</param>
/// <param name="LowerDays">A quarter of them come back sooner; null without repeaters.</param>
/// <param name="Days">The median; null without repeaters.</param>
/// <param name="UpperDays">A quarter of them come back later; null without repeaters.</param>
public sealed record RepurchaseInterval(long Customers, long Repeaters, int? LowerDays, int? Days, int? UpperDays)
{
    /// <summary>Least share of buyers who come back for a product to be called a consumable, 0 to 1.</summary>
    public const double ConsumableShare = 0.2;

    /// <summary>Fewer repeaters than this are no habit.</summary>
    public const int LeastRepeaters = 10;

    public bool IsConsumable => Repeaters >= LeastRepeaters && Repeaters >= ConsumableShare * Customers;
}
