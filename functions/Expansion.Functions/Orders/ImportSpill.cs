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
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("expansion-import-");
    private readonly SortedDictionary<YearMonth, MonthFile> _files = [];
    private readonly Dictionary<ulong, YearMonth> _monthOf = [];
    private readonly Names<Sku> _skus = new();
    private readonly Names<string> _currencies = new();
    private OrderId _lastOrder;
    private YearMonth _lastMonth;

    /// <summary>How many months there still are to take.</summary>
    public int Months => _files.Count;

    public void Add(in ImportedLine line)
    {
        if (line.OrderId != _lastOrder)
        {
            var key = Hash(line.OrderId);
            if (!_monthOf.TryGetValue(key, out _lastMonth))
            {
                _monthOf[key] = _lastMonth = YearMonth.Of(line.OrderedAt);
            }

            _lastOrder = line.OrderId;
        }

        Write(_lastMonth, line);
    }

    /// <summary>Where the order's lines are, or some other order's with the same hash: good enough to look more closely.</summary>
    public YearMonth? MonthOf(OrderId order) => _monthOf.TryGetValue(Hash(order), out var month) ? month : null;

    /// <summary>The orders of the latest month there is. Ask until there is none: an order may move to another month meanwhile.</summary>
    public (YearMonth Month, IReadOnlyList<Order> Orders)? TakeLatest()
    {
        if (_files.Count == 0)
        {
            return null;
        }

        var month = _files.Keys.Last();
        _files.Remove(month, out var file);
        var orders = new List<Order>();
        foreach (var lines in Group(file!))
        {
            var order = ImportedOrder.Of(lines);
            if (order.Month == month)
            {
                orders.Add(order);
                continue;
            }

            _monthOf[Hash(order.Id)] = order.Month;
            foreach (var line in lines)
            {
                Write(order.Month, line);
            }
        }

        return (month, orders);
    }

    public void Dispose()
    {
        foreach (var file in _files.Values)
        {
            file.Dispose();
        }

        _folder.Delete(recursive: true);
    }

    private void Write(YearMonth month, in ImportedLine line)
    {
        if (!_files.TryGetValue(month, out var file))
        {
            _files[month] = file = new MonthFile(Path.Combine(_folder.FullName, month.ToString()));
        }

        file.Write(line, _skus.IndexOf(line.Sku), _currencies.IndexOf(line.Currency));
    }

    private List<List<ImportedLine>> Group(MonthFile file)
    {
        using (file)
        {
            var orders = new Dictionary<OrderId, List<ImportedLine>>();
            var (lastOrder, lines) = (default(OrderId), new List<ImportedLine>());
            foreach (var line in file.Read(_skus, _currencies))
            {
                if (line.OrderId != lastOrder)
                {
                    lastOrder = line.OrderId;
                    if (!orders.TryGetValue(lastOrder, out lines!))
                    {
                        orders[lastOrder] = lines = [];
                    }
                }

                lines.Add(line);
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
        private readonly Dictionary<T, int> _indexes = [];
        private readonly List<T> _values = [];

        public T this[int index] => _values[index];

        public int IndexOf(T value)
        {
            if (!_indexes.TryGetValue(value, out var index))
            {
                _indexes[value] = index = _values.Count;
                _values.Add(value);
            }

            return index;
        }
    }

    /// <summary>The lines of one month in the order they were written; what repeats from line to line of an order is written once.</summary>
    private sealed class MonthFile(string path) : IDisposable
    {
        private readonly FileStream _stream = new(path, FileMode.Create, FileAccess.ReadWrite, FileShare.None, 65_536);
        private BinaryWriter? _writer;
        private long _lines;
        private ImportedLine _last;

        public void Write(in ImportedLine line, int sku, int currency)
        {
            _writer ??= new BinaryWriter(_stream, Encoding.UTF8, leaveOpen: true);
            var again = line.OrderId == _last.OrderId && line.CustomerId == _last.CustomerId && line.OrderedAt == _last.OrderedAt
                && line.UpdatedAt == _last.UpdatedAt && line.Cancelled == _last.Cancelled && line.Refunded == _last.Refunded;
            _lines++;
            _writer.Write(again);
            if (!again)
            {
                _writer.Write(line.OrderId.Value);
                _writer.Write(line.CustomerId?.Value ?? "");
                _writer.Write(line.OrderedAt.UtcTicks);
                _writer.Write(line.UpdatedAt.UtcTicks);
                _writer.Write(line.Cancelled);
                _writer.Write(line.Refunded);
                _last = line;
            }

            _writer.Write7BitEncodedInt(sku);
            _writer.Write7BitEncodedInt(line.Quantity);
            _writer.Write(line.UnitPrice ?? -1);
            _writer.Write7BitEncodedInt(currency);
        }

        public IEnumerable<ImportedLine> Read(Names<Sku> skus, Names<string> currencies)
        {
            _writer?.Dispose();
            _stream.Position = 0;
            using var reader = new BinaryReader(_stream, Encoding.UTF8, leaveOpen: true);
            ImportedLine line = default;
            for (var i = 0L; i < _lines; i++)
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

        public void Dispose() => _stream.Dispose();
    }
}
