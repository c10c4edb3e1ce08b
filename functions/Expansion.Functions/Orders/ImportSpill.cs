using System.Text;
using Expansion.Engine;
using Expansion.Engine.Orders;

namespace Expansion.Functions.Orders;

/// <summary>
/// Keeps a file's lines by month in temporary files, so that only one month at a time is in memory. All lines of an order go where its first one went; the
/// month is taken as that of the order's earliest line, so an order whose first line had a later month moves on to an earlier one when it is taken out.
/// In memory stay 30-60 bytes an order and the names of the products.
/// </summary>
internal sealed class ImportSpill : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("expansion-import-");
    private readonly SortedDictionary<YearMonth, MonthFile> files = [];
    private readonly Dictionary<ulong, YearMonth> monthOf = [];
    private readonly Names<Sku> skus = new();
    private readonly Names<string> currencies = new();
    private OrderId lastOrder;
    private YearMonth lastMonth;

    /// <summary>How many months there still are to take.</summary>
    public int Months => files.Count;

    public void Add(in ImportedLine line)
    {
        if (line.OrderId != lastOrder)
        {
            var key = Hash(line.OrderId);
            if (!monthOf.TryGetValue(key, out lastMonth))
            {
                monthOf[key] = lastMonth = YearMonth.Of(line.OrderedAt);
            }

            lastOrder = line.OrderId;
        }

        Write(lastMonth, line);
    }

    /// <summary>Where the order's lines are, or some other order's with the same hash: good enough to look more closely.</summary>
    public YearMonth? MonthOf(OrderId order) => monthOf.TryGetValue(Hash(order), out var month) ? month : null;

    /// <summary>The orders of the latest month there is. Ask until there is none: an order may move to another month meanwhile.</summary>
    public (YearMonth Month, IReadOnlyList<Order> Orders)? TakeLatest()
    {
        if (files.Count == 0)
        {
            return null;
        }

        var month = files.Keys.Last();
        files.Remove(month, out var file);
        var orders = new List<Order>();
        foreach (var lines in Group(file!))
        {
            var order = ImportedOrder.Of(lines);
            if (order.Month == month)
            {
                orders.Add(order);
                continue;
            }

            monthOf[Hash(order.Id)] = order.Month;
            foreach (var line in lines)
            {
                Write(order.Month, line);
            }
        }

        return (month, orders);
    }

    public void Dispose()
    {
        foreach (var file in files.Values)
        {
            file.Dispose();
        }

        folder.Delete(recursive: true);
    }

    private void Write(YearMonth month, in ImportedLine line)
    {
        if (!files.TryGetValue(month, out var file))
        {
            files[month] = file = new MonthFile(Path.Combine(folder.FullName, month.ToString()));
        }

        file.Write(line, skus.IndexOf(line.Sku), currencies.IndexOf(line.Currency));
    }

    private List<List<ImportedLine>> Group(MonthFile file)
    {
        using (file)
        {
            var orders = new Dictionary<OrderId, List<ImportedLine>>();
            List<ImportedLine>? last = null;
            foreach (var line in file.Read(skus, currencies))
            {
                if (last is null || last[0].OrderId != line.OrderId)
                {
                    if (!orders.TryGetValue(line.OrderId, out last))
                    {
                        orders[line.OrderId] = last = [];
                    }
                }

                last.Add(line);
            }

            return [.. orders.Values];
        }
    }

    /// <summary>FNV-1a, 64 bit: the same order always gives the same, and two with the same merely share a file for a while.</summary>
    private static ulong Hash(OrderId order)
    {
        var hash = 14695981039346656037UL;
        foreach (var c in order.Value)
        {
            hash = (hash ^ c) * 1099511628211UL;
        }

        return hash;
    }

    /// <summary>Values that repeat are written as their place in this list.</summary>
    private sealed class Names<T>
        where T : notnull
    {
        private readonly Dictionary<T, int> indexes = [];
        private readonly List<T> values = [];

        public T this[int index] => values[index];

        public int IndexOf(T value)
        {
            if (!indexes.TryGetValue(value, out var index))
            {
                indexes[value] = index = values.Count;
                values.Add(value);
            }

            return index;
        }
    }

    /// <summary>The lines of one month in the order they were written; what repeats from line to line of an order is written once.</summary>
    private sealed class MonthFile(string path) : IDisposable
    {
        private readonly FileStream stream = new(path, FileMode.Create, FileAccess.ReadWrite, FileShare.None, 65_536);
        private BinaryWriter? writer;
        private ImportedLine last;

        public void Write(in ImportedLine line, int sku, int currency)
        {
            writer ??= new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
            var again = line.OrderId == last.OrderId && line.CustomerId == last.CustomerId && line.OrderedAt == last.OrderedAt
                && line.UpdatedAt == last.UpdatedAt && line.Cancelled == last.Cancelled && line.Refunded == last.Refunded;
            writer.Write(again);
            if (!again)
            {
                writer.Write(line.OrderId.Value);
                writer.Write(line.CustomerId?.Value ?? "");
                writer.Write(line.OrderedAt.UtcTicks);
                writer.Write(line.UpdatedAt.UtcTicks);
                writer.Write(line.Cancelled);
                writer.Write(line.Refunded);
                last = line;
            }

            writer.Write7BitEncodedInt(sku);
            writer.Write7BitEncodedInt(line.Quantity);
            writer.Write(line.UnitPrice ?? -1);
            writer.Write7BitEncodedInt(currency);
        }

        public IEnumerable<ImportedLine> Read(Names<Sku> skus, Names<string> currencies)
        {
            writer?.Dispose();
            stream.Position = 0;
            using var reader = new BinaryReader(stream, Encoding.UTF8, leaveOpen: true);
            ImportedLine line = default;
            while (stream.Position < stream.Length)
            {
                if (!reader.ReadBoolean())
                {
                    line = new ImportedLine(new OrderId(reader.ReadString()), default, default, 0)
                    {
                        CustomerId = reader.ReadString() is { Length: > 0 } customer ? new CustomerId(customer) : null,
                        OrderedAt = new DateTimeOffset(reader.ReadInt64(), TimeSpan.Zero),
                        UpdatedAt = new DateTimeOffset(reader.ReadInt64(), TimeSpan.Zero),
                        Cancelled = reader.ReadBoolean(),
                        Refunded = reader.ReadBoolean(),
                    };
                }

                yield return line with
                {
                    Sku = skus[reader.Read7BitEncodedInt()],
                    Quantity = reader.Read7BitEncodedInt(),
                    UnitPrice = reader.ReadDecimal() is >= 0 and var price ? price : null,
                    Currency = currencies[reader.Read7BitEncodedInt()],
                };
            }
        }

        public void Dispose() => stream.Dispose();
    }
}
