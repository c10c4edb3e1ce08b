using System.Text;

namespace Expansion.Engine.Affinity.Months;

/// <summary>Walks the baskets of a digest: <c>while (baskets.MoveNext())</c>.</summary>
public ref struct DigestBaskets
{
    private readonly int _baskets;
    private readonly int[] _items;
    private VarintReader _reader;
    private int _read;
    private int _length;

    internal DigestBaskets(ReadOnlySpan<byte> bytes, int baskets, int products)
    {
        _reader = new(bytes);
        _baskets = baskets;
        _items = new int[products];
    }

    /// <summary>Index into the digest's customers; -1 when the customer isn't known.</summary>
    public int Customer { get; private set; }

    /// <summary>Day of the month in UTC, 1 to 31.</summary>
    public int Day { get; private set; }

    /// <summary>The distinct products, ascending; good until the next move.</summary>
    public readonly ReadOnlySpan<int> Items => _items.AsSpan(0, _length);

    public bool MoveNext()
    {
        if (_read == _baskets)
        {
            return false;
        }

        _read++;
        Customer = _reader.Read() - 1;
        Day = _reader.Read();
        _length = _reader.Read();
        var item = -1;
        for (var i = 0; i < _length; i++)
        {
            item += _reader.Read() + 1;
            _items[i] = item;
        }

        return true;
    }
}

/// <summary>Walks the customers of a digest: <c>while (customers.MoveNext())</c>.</summary>
public ref struct DigestCustomers
{
    private readonly int _customers;
    private VarintReader _reader;
    private ReadOnlySpan<byte> _id;
    private int _read;

    internal DigestCustomers(ReadOnlySpan<byte> bytes, int customers)
    {
        _reader = new(bytes);
        _customers = customers;
    }

    public readonly CustomerId Current => new(Encoding.UTF8.GetString(_id));

    /// <summary>The same for a customer in every month and on every machine, to split customers by.</summary>
    public readonly uint Hash
    {
        get
        {
            // FNV-1a, www.rfc-editor.org/rfc/rfc9923
            var hash = 2166136261u;
            foreach (var value in _id)
            {
                hash = (hash ^ value) * 16777619u;
            }

            return hash;
        }
    }

    public bool MoveNext()
    {
        if (_read == _customers)
        {
            return false;
        }

        _read++;
        _id = _reader.ReadBytes();
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
