using Expansion.Engine.Orders;
using Parquet;

namespace Expansion.Storage.Segments;

/// <summary>Orders to a Parquet file: a row a line that was kept or came back, by time, then order.</summary>
internal static class SegmentWriter
{
    /// <summary>What a reader holds in memory at a time. Its buffers are pooled, and those of a group of a million rows stay around with hundreds of megabytes.</summary>
    public const int MaxRows = 131_072;

    public static async Task WriteAsync(IEnumerable<Order> orders, Stream file, CancellationToken cancellationToken, int maxRows = MaxRows)
    {
        await using var writer = await ParquetWriter.CreateAsync(SegmentSchema.Schema, file, SegmentSchema.WriteOptions(), cancellationToken: cancellationToken);
        var sorted = orders.Where(order => !order.Cancelled).OrderBy(order => order.OrderedAt.UtcDateTime).ThenBy(order => order.Id.Value, StringComparer.Ordinal);
        var group = new List<(Order Order, OrderLine Line)>();
        foreach (var order in sorted)
        {
            var lines = order.Lines.Where(line => line.Kept != 0).ToList();
            if (group.Count > 0 && group.Count + lines.Count > maxRows)
            {
                await WriteGroupAsync(writer, group, cancellationToken);
                group.Clear();
            }

            group.AddRange(lines.Select(line => (order, line)));
        }

        await WriteGroupAsync(writer, group, cancellationToken);
    }

    private static async Task WriteGroupAsync(ParquetWriter writer, List<(Order Order, OrderLine Line)> rows, CancellationToken cancellationToken)
    {
        using var group = writer.CreateRowGroup();
        await group.WriteAsync<ReadOnlyMemory<char>>(SegmentSchema.OrderId, rows.ConvertAll(row => row.Order.Id.Value.AsMemory()).ToArray(), cancellationToken: cancellationToken);
        await group.WriteAsync<ReadOnlyMemory<char>>(SegmentSchema.CustomerId, rows.ConvertAll(row => row.Order.CustomerId?.Value.AsMemory()).ToArray(), cancellationToken: cancellationToken);
        await group.WriteAsync<DateTime>(SegmentSchema.OrderedAt, rows.ConvertAll(row => row.Order.OrderedAt.UtcDateTime).ToArray(), cancellationToken: cancellationToken);
        await group.WriteAsync<ReadOnlyMemory<char>>(SegmentSchema.Sku, rows.ConvertAll(row => row.Line.Sku.Value.AsMemory()).ToArray(), cancellationToken: cancellationToken);
        await group.WriteAsync<int>(SegmentSchema.Quantity, rows.ConvertAll(row => row.Line.Kept).ToArray(), cancellationToken: cancellationToken);
        await group.WriteAsync<decimal>(SegmentSchema.UnitPrice, rows.ConvertAll(row => Price(row.Order, row.Line)).ToArray(), cancellationToken: cancellationToken);
        await group.WriteAsync<ReadOnlyMemory<char>>(SegmentSchema.Currency, rows.ConvertAll(row => row.Line.UnitPrice.Currency.AsMemory()).ToArray(), cancellationToken: cancellationToken);
        await group.WriteAsync<DateTime>(SegmentSchema.UpdatedAt, rows.ConvertAll(row => row.Order.UpdatedAt.UtcDateTime).ToArray(), cancellationToken: cancellationToken);
        group.CompleteValidate();
    }

    private static decimal Price(Order order, OrderLine line)
    {
        const decimal Limit = 1_000_000_000_000m;
        var price = decimal.Round(line.UnitPrice.Amount, SegmentSchema.PriceScale);
        return price is > -Limit and < Limit
            ? price
            : throw new ArgumentException($"Order {order.Id} has {line.Sku} at {price} {line.UnitPrice.Currency} apiece; a segment holds up to twelve digits before the point.");
    }
}
