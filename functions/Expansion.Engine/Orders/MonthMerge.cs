namespace Expansion.Engine.Orders;

/// <summary>
/// What a month's segment holds, from the segment as it stands, an import, and the orders that arrived singly. The newest version of an order wins; of equally
/// new ones the one that arrived singly (it alone has its refunds taken off), then the import's, then the segment's.
/// </summary>
public static class MonthMerge
{
    /// <summary>As many as a segment keeps.</summary>
    private const int PriceDecimals = 6;

    public static MergedMonth Merge(YearMonth month, IReadOnlyList<Order> segment, IReadOnlyCollection<Order> imported, IReadOnlyCollection<Order> received)
    {
        var newest = new Dictionary<OrderId, Order>(Math.Max(segment.Count, imported.Count) + received.Count);
        foreach (var order in segment.Concat(imported).Concat(received))
        {
            if (!newest.TryGetValue(order.Id, out var known) || Replaces(order, known))
            {
                newest[order.Id] = order;
            }
        }

        // An order whose date was corrected is kept by the month it is in now.
        var here = newest.Values.Where(order => order.Month == month).Select(order => (Whole: order, Kept: AsKept(order))).ToList();
        var kept = here.Select(order => order.Kept).Where(order => order.Lines.Count > 0)
            .OrderBy(order => order.OrderedAt).ThenBy(order => order.Id.Value, StringComparer.Ordinal).ToList();
        var remembered = new HashSet<object>(received, ReferenceEqualityComparer.Instance);
        return new MergedMonth(
            kept,
            Changed: !kept.SequenceEqual(segment, SameOrder.Instance),
            Gone: [.. here.Where(order => order.Kept.Lines.Count == 0 && !remembered.Contains(order.Whole)).Select(order => order.Whole)]);
    }

    /// <summary>Of two versions that name no time but the order's own, as plain files give them, the one that comes later counts: its date may be a correction.</summary>
    public static bool Replaces(Order order, Order known) => order.UpdatedAt >= known.UpdatedAt || (IsUnversioned(order) && IsUnversioned(known));

    private static bool IsUnversioned(Order order) => order.UpdatedAt == order.OrderedAt;

    /// <summary>The order as a segment holds it: what was kept, or came back, of each line, in an order that doesn't depend on the source's.</summary>
    private static Order AsKept(Order order)
    {
        if (IsKept(order))
        {
            return order;
        }

        var lines = order.Cancelled ? [] : order.Lines.Where(line => KeptOf(line) != 0)
            .Select(line => new OrderLine(line.Sku, KeptOf(line), KeptOf(line), line.UnitPrice with { Amount = decimal.Round(line.UnitPrice.Amount, PriceDecimals) }))
            .ToArray();
        Array.Sort(lines, Compare);
        return order with { Lines = lines };
    }

    /// <summary>Most orders come from the segment itself, or have nothing to change.</summary>
    private static bool IsKept(Order order)
    {
        for (var i = 0; i < order.Lines.Count; i++)
        {
            var line = order.Lines[i];
            if (line.Quantity != line.Kept || line.Kept == 0 || line.UnitPrice.Amount.Scale > PriceDecimals || (i > 0 && Compare(order.Lines[i - 1], line) > 0))
            {
                return false;
            }
        }

        return !order.Cancelled;
    }

    private static int KeptOf(OrderLine line) => line.Kept != 0 ? line.Kept : Math.Min(line.Quantity, 0);

    private static int Compare(OrderLine a, OrderLine b)
    {
        var bySku = a.Sku.CompareTo(b.Sku);
        var byQuantity = bySku != 0 ? bySku : a.Quantity.CompareTo(b.Quantity);
        return byQuantity != 0 ? byQuantity : a.UnitPrice.Amount.CompareTo(b.UnitPrice.Amount);
    }

    /// <summary>Equal to the millisecond, which every storage format keeps.</summary>
    private sealed class SameOrder : IEqualityComparer<Order>
    {
        public static SameOrder Instance { get; } = new();

        public bool Equals(Order? x, Order? y) => ReferenceEquals(x, y) || (x is not null && y is not null
            && x.Id == y.Id && x.CustomerId == y.CustomerId
            && Milliseconds(x.OrderedAt) == Milliseconds(y.OrderedAt) && Milliseconds(x.UpdatedAt) == Milliseconds(y.UpdatedAt)
            && x.Lines.SequenceEqual(y.Lines, SameLine.Instance));

        public int GetHashCode(Order obj) => obj.Id.GetHashCode();

        private static long Milliseconds(DateTimeOffset time) => time.ToUnixTimeMilliseconds();
    }

    /// <summary>Equal as far as a segment goes, which knows no titles.</summary>
    private sealed class SameLine : IEqualityComparer<OrderLine>
    {
        public static SameLine Instance { get; } = new();

        public bool Equals(OrderLine? x, OrderLine? y) => x is not null && y is not null && Compare(x, y) == 0 && x.UnitPrice.Currency == y.UnitPrice.Currency;

        public int GetHashCode(OrderLine obj) => obj.Sku.GetHashCode();
    }
}

/// <param name="Orders">Sorted by time, then id; only orders of which something was kept or came back.</param>
/// <param name="Changed">Whether this differs from the segment as it stands.</param>
/// <param name="Gone">Imported orders that leave no rows (cancelled, all sent back) and must be remembered elsewhere, lest an older version bring them back.</param>
public sealed record MergedMonth(IReadOnlyList<Order> Orders, bool Changed, IReadOnlyList<Order> Gone);
