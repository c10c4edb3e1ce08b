using Expansion.Engine.Affinity.Delay;

namespace Expansion.Engine.Affinity.Months;

/// <summary>Puts the months' baskets together by customer, a part of the customers at a time, so that memory is bounded by the part: some hundred bytes a basket, and four an item.</summary>
public static class CustomerHistories
{
    /// <summary>Baskets to have in memory at a time.</summary>
    private const int BasketsAPart = 500_000;

    /// <summary>In how many parts to take a window: at least one for each processor.</summary>
    public static int Parts(WindowCounts window) => (int)Math.Max(Environment.ProcessorCount, window.Baskets / BasketsAPart);

    /// <summary>The orders of the window, oldest first, of every known customer that falls into the part.</summary>
    /// <param name="part">From 0 to <paramref name="parts"/> - 1; all parts together hold every customer once.</param>
    public static IEnumerable<IReadOnlyList<CustomerOrder>> Of(WindowCounts window, int part, int parts)
    {
        var histories = new Dictionary<CustomerId, List<CustomerOrder>>();
        for (var month = 0; month < window.Months.Count; month++)
        {
            Read(window.Months[month], window.Numbers(month), histories, part, parts);
        }

        return histories.Values;
    }

    private static void Read(MonthDigest month, ReadOnlySpan<int> numbers, Dictionary<CustomerId, List<CustomerOrder>> histories, int part, int parts)
    {
        var customers = new List<CustomerOrder>?[month.Customers];
        var ids = month.ReadCustomers();
        for (var customer = 0; ids.MoveNext(); customer++)
        {
            if (ids.Hash % (uint)parts == part)
            {
                var id = ids.Current;
                if (!histories.TryGetValue(id, out var orders))
                {
                    histories.Add(id, orders = []);
                }

                customers[customer] = orders;
            }
        }

        var baskets = month.ReadBaskets();
        while (baskets.MoveNext())
        {
            if (baskets.Customer >= 0 && customers[baskets.Customer] is { } orders)
            {
                var products = new int[baskets.Items.Length];
                for (var i = 0; i < products.Length; i++)
                {
                    products[i] = numbers[baskets.Items[i]];
                }

                orders.Add(new(new DateOnly(month.Month.Year, month.Month.Month, baskets.Day), products));
            }
        }
    }
}
