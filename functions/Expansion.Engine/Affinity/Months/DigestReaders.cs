namespace Expansion.Engine.Affinity.Months;

/// <summary>Walks the known customers of a digest, by the bytes of their ids, ascending: <c>while (customers.MoveNext())</c>.</summary>
public sealed class DigestCustomers
{
    private readonly ReadOnlyMemory<byte> _bytes;
    private int _left;
    private int _next;
    private ReadOnlyMemory<byte> _orders;

    internal DigestCustomers(ReadOnlyMemory<byte> bytes, int customers) => (_bytes, _left) = (bytes, customers);

    /// <summary>The customer's id in UTF-8.</summary>
    public ReadOnlyMemory<byte> Id { get; private set; }

    /// <summary>The same for a customer in every month and on every machine, to split customers by.</summary>
    public uint Hash
    {
        get
        {
            // FNV-1a, www.rfc-editor.org/rfc/rfc9923
            var hash = 2166136261u;
            foreach (var value in Id.Span)
            {
                hash = (hash ^ value) * 16777619u;
            }

            return hash;
        }
    }

    public DigestOrders ReadOrders() => new(_orders.Span);

    public bool MoveNext()
    {
        if (_left == 0)
        {
            return false;
        }

        _left--;
        var rest = _bytes[_next..];
        var reader = new VarintReader(rest.Span);
        Id = Block(ref reader, rest);
        _orders = Block(ref reader, rest);
        _next += reader.Position;
        return true;
    }

    private static ReadOnlyMemory<byte> Block(ref VarintReader reader, ReadOnlyMemory<byte> bytes)
    {
        var length = reader.Read();
        var block = bytes.Slice(reader.Position, length);
        reader.Skip(length);
        return block;
    }
}

/// <summary>Walks the orders of one customer of a digest, by time: <c>while (orders.MoveNext())</c>.</summary>
public ref struct DigestOrders
{
    private readonly int _length;
    private VarintReader _reader;

    internal DigestOrders(ReadOnlySpan<byte> bytes)
    {
        _reader = new(bytes);
        _length = bytes.Length;
        Items = [];
    }

    /// <summary>Day of the month in UTC, 1 to 31.</summary>
    public int Day { get; private set; }

    /// <summary>The distinct products, ascending.</summary>
    public int[] Items { get; private set; }

    public bool MoveNext()
    {
        if (_reader.Position == _length)
        {
            return false;
        }

        Day = _reader.Read();
        Items = new int[_reader.Read()];
        var item = -1;
        for (var i = 0; i < Items.Length; i++)
        {
            Items[i] = item += _reader.Read() + 1;
        }

        return true;
    }
}

/// <summary>Walks the pairs of one product of a digest: <c>while (pairs.MoveNext())</c>.</summary>
public ref struct DigestPairs
{
    private readonly int _length;
    private VarintReader _reader;

    internal DigestPairs(ReadOnlySpan<byte> bytes, int item)
    {
        _reader = new(bytes);
        _length = bytes.Length;
        Partner = item;
    }

    /// <summary>A product after the one whose pairs these are.</summary>
    public int Partner { get; private set; }

    /// <summary>Baskets that hold both, at least 1.</summary>
    public int Both { get; private set; }

    public bool MoveNext()
    {
        if (_reader.Position == _length)
        {
            return false;
        }

        Partner += _reader.Read() + 1;
        Both = _reader.Read() + 1;
        return true;
    }
}
