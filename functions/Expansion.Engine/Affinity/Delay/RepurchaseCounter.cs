using System.Collections.Concurrent;

namespace Expansion.Engine.Affinity.Delay;

/// <summary>
/// How often customers buy the same product again, one customer's history at a time, on any number of threads. Each customer gives one number, the median of his own gaps, so that one
/// who buys weekly doesn't speak for all. Memory is a hundred bytes a product, and two for each customer who came back for it until there are many, then four for each day up to its longest gap.
/// </summary>
public sealed class RepurchaseCounter
{
    private readonly ConcurrentDictionary<int, Purchases> _products = [];

    /// <param name="history">All orders of one customer, oldest first.</param>
    public void Add(IReadOnlyList<CustomerOrder> history)
    {
        // Product and day in one number, which sorts fast.
        var bought = new List<long>();
        foreach (var order in history)
        {
            foreach (var product in order.Products)
            {
                bought.Add(((long)product << 32) | (uint)order.Day.DayNumber);
            }
        }

        bought.Sort();
        var gaps = new List<int>();
        for (var i = 0; i < bought.Count; i++)
        {
            if (i > 0 && bought[i - 1] >> 32 == bought[i] >> 32 && bought[i - 1] < bought[i])
            {
                gaps.Add((int)(bought[i] - bought[i - 1]));
            }

            if (i + 1 == bought.Count || bought[i + 1] >> 32 != bought[i] >> 32)
            {
                _products.GetOrAdd((int)(bought[i] >> 32), static _ => new()).Add(gaps);
                gaps.Clear();
            }
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
            gaps.Sort();
            lock (Gaps)
            {
                Customers++;
                if (gaps.Count > 0)
                {
                    Gaps.Add(gaps[(gaps.Count - 1) / 2]);
                }
            }
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
