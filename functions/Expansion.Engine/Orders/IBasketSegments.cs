namespace Expansion.Engine.Orders;

/// <summary>
/// The order lines of a shop by month, immutable files that any engine can read: one row a line of which something was kept, or came back (negative).
/// Rows are sorted by time, then order, so an order's rows stand together. Cancelled orders have no rows.
/// </summary>
public interface IBasketSegments
{
    Task<IReadOnlyList<SegmentInfo>> ListAsync(ShopId shop, CancellationToken cancellationToken);

    /// <summary>The orders of one month; empty when there is no segment.</summary>
    Task<MonthOrders> ReadAsync(ShopId shop, YearMonth month, CancellationToken cancellationToken);

    /// <summary>Replaces a month's segment, unless somebody else has since <paramref name="orders"/> was read.</summary>
    /// <returns>False when the segment has changed since: read again and repeat.</returns>
    Task<bool> WriteAsync(ShopId shop, YearMonth month, MonthOrders orders, CancellationToken cancellationToken);

    /// <summary>The orders of one month by time, of which a row group at a time is in memory.</summary>
    IAsyncEnumerable<Order> StreamAsync(ShopId shop, YearMonth month, CancellationToken cancellationToken);

    /// <summary>The rows of one month as columns, a row group at a time, for what counts rather than looks.</summary>
    IAsyncEnumerable<SegmentColumns> ReadColumnsAsync(ShopId shop, YearMonth month, CancellationToken cancellationToken);
}

/// <param name="Version">Changes with every rewrite.</param>
public sealed record SegmentInfo(YearMonth Month, string Version, long Bytes);

/// <param name="Version">Null where there is no segment yet.</param>
public sealed record MonthOrders(IReadOnlyList<Order> Orders, string? Version);

/// <summary>The orders of one row group, one after the other, as columns. No order is in two row groups.</summary>
/// <param name="OrderStarts">The row at which each order begins, ascending; after the last order, the number of rows.</param>
/// <param name="CustomerIds">By order; null when the customer isn't known.</param>
/// <param name="OrderedAt">By order, in UTC.</param>
/// <param name="SkuNames">Every SKU of the row group once, in no order.</param>
/// <param name="Skus">By row, where in <paramref name="SkuNames"/> its SKU stands. An order may have a SKU in several rows.</param>
/// <param name="Quantities">By row, what was kept; negative for what came back.</param>
public sealed record SegmentColumns(int[] OrderStarts, string?[] CustomerIds, DateTime[] OrderedAt, string[] SkuNames, int[] Skus, int[] Quantities);
