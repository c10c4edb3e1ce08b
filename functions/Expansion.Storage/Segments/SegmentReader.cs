using System.Runtime.CompilerServices;
using Expansion.Engine;
using Expansion.Engine.Orders;
using Parquet;
using Parquet.Schema;

namespace Expansion.Storage.Segments;

/// <summary>A file of <see cref="SegmentWriter"/> back to orders, or to the few columns that counting needs, a row group at a time.</summary>
internal static class SegmentReader
{
    public static async IAsyncEnumerable<Order> ReadOrdersAsync(Stream file, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var reader = await ParquetReader.CreateAsync(file, cancellationToken: cancellationToken);
        foreach (var group in reader.RowGroups)
        {
            var orderIds = await ValuesAsync<ReadOnlyMemory<char>>(group, SegmentSchema.OrderId, cancellationToken);
            var customerIds = new ReadOnlyMemory<char>?[group.RowCount];
            await group.ReadAsync<ReadOnlyMemory<char>>(SegmentSchema.CustomerId, customerIds, cancellationToken: cancellationToken);
            var orderedAt = await ValuesAsync<DateTime>(group, SegmentSchema.OrderedAt, cancellationToken);
            var skus = TextColumn.From(await ValuesAsync<ReadOnlyMemory<char>>(group, SegmentSchema.Sku, cancellationToken));
            var quantities = await ValuesAsync<int>(group, SegmentSchema.Quantity, cancellationToken);
            var prices = await ValuesAsync<decimal>(group, SegmentSchema.UnitPrice, cancellationToken);
            var currencies = TextColumn.From(await ValuesAsync<ReadOnlyMemory<char>>(group, SegmentSchema.Currency, cancellationToken));
            var updatedAt = await ValuesAsync<DateTime>(group, SegmentSchema.UpdatedAt, cancellationToken);

            var starts = TextColumn.Starts(orderIds);
            for (var order = 0; order < starts.Length - 1; order++)
            {
                var (first, end) = (starts[order], starts[order + 1]);
                var lines = Enumerable.Range(first, end - first).Select(row =>
                    new OrderLine(new Sku(skus[row]), quantities[row], quantities[row], new Money(prices[row], currencies[row])));
                CustomerId? customer = customerIds[first] is { } id ? new CustomerId(id.ToString()) : null;
                yield return new Order(new OrderId(orderIds[first].ToString()), customer, Utc(orderedAt[first]), Utc(updatedAt[first]), [.. lines]);
            }
        }
    }

    public static async IAsyncEnumerable<SegmentColumns> ReadColumnsAsync(Stream file, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var reader = await ParquetReader.CreateAsync(file, cancellationToken: cancellationToken);
        foreach (var group in reader.RowGroups)
        {
            var starts = TextColumn.Starts(await ValuesAsync<ReadOnlyMemory<char>>(group, SegmentSchema.OrderId, cancellationToken));
            var skus = TextColumn.From(await ValuesAsync<ReadOnlyMemory<char>>(group, SegmentSchema.Sku, cancellationToken));
            var quantities = await ValuesAsync<int>(group, SegmentSchema.Quantity, cancellationToken);
            var orderedAt = await ValuesAsync<DateTime>(group, SegmentSchema.OrderedAt, cancellationToken);
            var customerIds = new ReadOnlyMemory<char>?[group.RowCount];
            await group.ReadAsync<ReadOnlyMemory<char>>(SegmentSchema.CustomerId, customerIds, cancellationToken: cancellationToken);
            var firsts = starts[..^1];
            yield return new SegmentColumns(
                starts, Array.ConvertAll(firsts, row => customerIds[row]?.ToString()), Array.ConvertAll(firsts, row => orderedAt[row]), skus.Names, skus.Indexes, quantities);
        }
    }

    private static async Task<T[]> ValuesAsync<T>(ParquetRowGroupReader group, DataField field, CancellationToken cancellationToken)
        where T : struct
    {
        var values = new T[group.RowCount];
        await group.ReadAsync<T>(field, values, cancellationToken: cancellationToken);
        return values;
    }

    private static DateTimeOffset Utc(DateTime time) => new(DateTime.SpecifyKind(time, DateTimeKind.Utc));
}
