using Expansion.Engine.Affinity.Delay;

namespace Expansion.Engine.Affinity.Months;

/// <summary>Puts the months' orders together by customer. Every month has its customers in the same order, so they are merged, and only one customer is in memory at a time.</summary>
public static class CustomerHistories
{
    private static readonly Comparer<(ReadOnlyMemory<byte> Customer, int Month)> ByCustomerThenMonth = Comparer<(ReadOnlyMemory<byte> Customer, int Month)>.Create(
        (x, y) => x.Customer.Span.SequenceCompareTo(y.Customer.Span) is var order and not 0 ? order : x.Month.CompareTo(y.Month));

    /// <summary>The orders of the window, oldest first, of every known customer that falls into the part.</summary>
    /// <param name="part">From 0 to <paramref name="parts"/> - 1; all parts together hold every customer once.</param>
    public static IEnumerable<IReadOnlyList<CustomerOrder>> Of(WindowCounts window, int part, int parts)
    {
        var months = window.Months.Select(month => month.ReadCustomers()).ToList();
        var heads = new PriorityQueue<int, (ReadOnlyMemory<byte> Customer, int Month)>(ByCustomerThenMonth);
        for (var month = 0; month < months.Count; month++)
        {
            if (MoveNext(months[month], part, parts))
            {
                heads.Enqueue(month, (months[month].Id, month));
            }
        }

        while (heads.TryPeek(out _, out var first))
        {
            var history = new List<CustomerOrder>();
            while (heads.TryPeek(out var month, out var head) && head.Customer.Span.SequenceEqual(first.Customer.Span))
            {
                Read(window, month, months[month], history);
                if (MoveNext(months[month], part, parts))
                {
                    heads.DequeueEnqueue(month, (months[month].Id, month));
                }
                else
                {
                    heads.Dequeue();
                }
            }

            yield return history;
        }
    }

    private static bool MoveNext(DigestCustomers customers, int part, int parts)
    {
        while (customers.MoveNext())
        {
            if (customers.Hash % (uint)parts == part)
            {
                return true;
            }
        }

        return false;
    }

    private static void Read(WindowCounts window, int month, DigestCustomers customer, List<CustomerOrder> history)
    {
        var numbers = window.Numbers(month);
        var calendar = window.Months[month].Month;
        var orders = customer.ReadOrders();
        while (orders.MoveNext())
        {
            foreach (ref var product in orders.Items.AsSpan())
            {
                product = numbers[product];
            }

            history.Add(new(new DateOnly(calendar.Year, calendar.Month, orders.Day), orders.Items));
        }
    }
}
