namespace Expansion.Engine.Orders;

/// <summary>
/// What a month's segment holds, from the segment as it stands, an import, and the orders that arrived singly. The newest version of an order wins; of equally
/// new ones the one that arrived singly (it alone has its refunds taken off), then the import's, then the segment's.
/// </summary>
public static class MonthMerge
{
    public static MergedMonth Merge(YearMonth month, IReadOnlyList<Order> segment, IReadOnlyCollection<Order> imported, IReadOnlyCollection<Order> received)
    {
        var newest = new Dictionary<OrderId, Order>(Math.Max(segment.Count, imported.Count) + received.Count);
        foreach (var order in segment.Concat(imported).Concat(received))
        {
            if (!newest.TryGetValue(order.Id, out var known) || order.UpdatedAt >= known.UpdatedAt)
            {
                newest[order.Id] = order;
            }
        }

        // An order whose date was corrected is kept by the month it is in now.
        var here = newest.Values.Where(order => order.Month == month).Select(order => (Whole: order, Kept: AsKept(order))).ToList();
        var kept = Sorted(here.Select(order => order.Kept));
        var remembered = new HashSet<object>(received, ReferenceEqualityComparer.Instance);
        return new MergedMonth(
            kept,
            Changed: !kept.SequenceEqual(Sorted(segment.Select(AsKept)), SameOrder.Instance),
            Gone: [.. here.Where(order => order.Kept.Lines.Count == 0 && !remembered.Contains(order.Whole)).Select(order => order.Whole)]);
    }

    private static List<Order> Sorted(IEnumerable<Order> orders) =>
        [.. orders.Where(order => order.Lines.Count > 0).OrderBy(order => order.OrderedAt).ThenBy(order => order.Id.Value, StringComparer.Ordinal)];

    /// <summary>The order as a segment holds it: what was kept, or came back, of each line, in an order that doesn't depend on the source's.</summary>
    private static Order AsKept(Order order) => order with
    {
        Lines = order.Cancelled ? [] : [.. order.Lines.Select(AsKept).Where(line => line.Quantity != 0)
            .OrderBy(line => line.Sku).ThenBy(line => line.Quantity).ThenBy(line => line.UnitPrice.Amount)],
    };

    private static OrderLine AsKept(OrderLine line)
    {
        var quantity = line.Kept > 0 ? line.Kept : Math.Min(line.Quantity, 0);
        return new OrderLine(line.Sku, quantity, quantity, line.UnitPrice with { Amount = decimal.Round(line.UnitPrice.Amount, 6) });
    }

    /// <summary>Equal to the millisecond, which every storage format keeps.</summary>
    private sealed class SameOrder : IEqualityComparer<Order>
    {
        public static SameOrder Instance { get; } = new();

        public bool Equals(Order? x, Order? y) => x is not null && y is not null
            && x.Id == y.Id && x.CustomerId == y.CustomerId
            && Milliseconds(x.OrderedAt) == Milliseconds(y.OrderedAt) && Milliseconds(x.UpdatedAt) == Milliseconds(y.UpdatedAt)
            && x.Lines.SequenceEqual(y.Lines);

        public int GetHashCode(Order obj) => obj.Id.GetHashCode();

        private static long Milliseconds(DateTimeOffset time) => time.ToUnixTimeMilliseconds();
    }
}

/// <param name="Orders">Sorted by time, then id; only orders of which something was kept or came back.</param>
/// <param name="Changed">Whether this differs from the segment as it stands.</param>
/// <param name="Gone">Imported orders that leave no rows (cancelled, all sent back) and must be remembered elsewhere, lest an older version bring them back.</param>
public sealed record MergedMonth(IReadOnlyList<Order> Orders, bool Changed, IReadOnlyList<Order> Gone);
