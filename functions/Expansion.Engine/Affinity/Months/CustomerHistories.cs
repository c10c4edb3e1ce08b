using Expansion.Engine.Affinity.Delay;

namespace Expansion.Engine.Affinity.Months;

/// <summary>Puts the months' baskets together by customer. Memory: the baskets of known customers, four bytes an item, and one customer at a time as orders.</summary>
public static class CustomerHistories
{
    /// <summary>Every known customer's orders of the window, oldest first.</summary>
    public static IEnumerable<(CustomerId Customer, IReadOnlyList<CustomerOrder> Orders)> Of(WindowCounts window)
    {
        var histories = new Dictionary<CustomerId, List<CustomerOrder>>();
        for (var month = 0; month < window.Months.Count; month++)
        {
            Read(window.Months[month], window.Numbers(month), histories);
        }

        return histories.Select(history => (history.Key, (IReadOnlyList<CustomerOrder>)history.Value));
    }

    private static void Read(MonthDigest month, ReadOnlySpan<int> numbers, Dictionary<CustomerId, List<CustomerOrder>> histories)
    {
        var baskets = month.ReadBaskets();
        while (baskets.MoveNext())
        {
            if (baskets.Customer < 0)
            {
                continue;
            }

            var products = new int[baskets.Items.Length];
            for (var i = 0; i < products.Length; i++)
            {
                products[i] = numbers[baskets.Items[i]];
            }

            var customer = month.Customers[baskets.Customer];
            if (!histories.TryGetValue(customer, out var orders))
            {
                histories.Add(customer, orders = []);
            }

            orders.Add(new(new DateOnly(month.Month.Year, month.Month.Month, baskets.Day), products));
        }
    }
}
