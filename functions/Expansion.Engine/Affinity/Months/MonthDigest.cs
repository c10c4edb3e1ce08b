namespace Expansion.Engine.Affinity.Months;

/// <summary>
/// What one month contributes to a window, in a form that need not be read from its segment or counted again while the segment stays the same: the orders of each known customer,
/// and the count of every pair. Kept as the bytes it is stored as, some 3 to 4 a pair and 2 an item, and read from them in place.
/// Products are local integers in ordinal order, so that ascending stays ascending when they are mapped to a window's.
/// </summary>
public sealed class MonthDigest
{
    /// <summary>Goes up when the form changes; a digest of another form is made anew.</summary>
    private const int Form = 2;

    private readonly byte[] _bytes;
    private readonly int _skus;
    private readonly int _customers;
    private readonly int[] _pairs;

    private MonthDigest(byte[] bytes)
    {
        _bytes = bytes;
        var reader = new VarintReader(bytes);
        if (reader.Read() != Form)
        {
            throw new FormatException("The digest has another form.");
        }

        Month = YearMonth.Parse(reader.ReadString());
        Version = reader.ReadString();
        Frequencies = new int[reader.Read()];
        _skus = reader.Position;
        for (var item = 0; item < Frequencies.Length; item++)
        {
            reader.Skip(reader.Read());
            Frequencies[item] = reader.Read();
        }

        Baskets = reader.Read();
        Customers = reader.Read();
        var length = reader.Read();
        _customers = reader.Position;
        reader.Skip(length);
        _pairs = new int[Frequencies.Length + 1];
        for (var item = 0; item < Frequencies.Length; item++)
        {
            _pairs[item + 1] = _pairs[item] + reader.Read();
        }

        if (reader.Read() != _pairs[^1] || reader.Position + _pairs[^1] != bytes.Length)
        {
            throw new FormatException("The digest is damaged.");
        }

        for (var item = 0; item < _pairs.Length; item++)
        {
            _pairs[item] += reader.Position;
        }
    }

    public YearMonth Month { get; }

    /// <summary>The version of the segment this was made from.</summary>
    public string Version { get; }

    /// <summary>Baskets that hold the product, by its number here.</summary>
    public int[] Frequencies { get; }

    /// <summary>Known customers with a basket in the month.</summary>
    public int Customers { get; }

    /// <summary>Baskets with at least one product.</summary>
    public int Baskets { get; }

    public ReadOnlyMemory<byte> Bytes => _bytes;

    /// <exception cref="FormatException">The bytes have another form, or are damaged: make the digest anew.</exception>
    public static MonthDigest Parse(byte[] bytes)
    {
        try
        {
            return new(bytes);
        }
        catch (Exception exception) when (exception is IndexOutOfRangeException or ArgumentOutOfRangeException or OverflowException)
        {
            throw new FormatException("The digest is damaged.", exception);
        }
    }

    /// <summary>The products in a basket of the month, in ordinal order. Read anew each time, since a window has one name for all its months.</summary>
    public Sku[] ReadSkus()
    {
        var reader = new VarintReader(_bytes.AsSpan(_skus));
        var skus = new Sku[Frequencies.Length];
        for (var item = 0; item < skus.Length; item++)
        {
            skus[item] = new(reader.ReadString());
            reader.Read();
        }

        return skus;
    }

    /// <summary>The month's known customers, each with its orders.</summary>
    public DigestCustomers ReadCustomers() => new(_bytes.AsMemory(_customers), Customers);

    /// <summary>The partners of a product that come after it, ascending, each with the number of baskets that hold both.</summary>
    public DigestPairs ReadPairs(int item) => new(_bytes.AsSpan(_pairs[item], _pairs[item + 1] - _pairs[item]), item);

    internal int PairBytes(int item) => _pairs[item + 1] - _pairs[item];

    /// <summary>The bytes of a digest, in the order in which the constructor reads them.</summary>
    internal static MonthDigest Write(YearMonth month, string version, IReadOnlyList<(string Sku, int Frequency)> skus, int baskets,
        int customers, VarintWriter customerBlock, IReadOnlyList<int> pairLengths, VarintWriter pairBlock)
    {
        var writer = new VarintWriter();
        writer.Write(Form);
        writer.Write(month.ToString());
        writer.Write(version);
        writer.Write(skus.Count);
        foreach (var (sku, frequency) in skus)
        {
            writer.Write(sku);
            writer.Write(frequency);
        }

        writer.Write(baskets);
        writer.Write(customers);
        writer.Write(customerBlock);
        foreach (var length in pairLengths)
        {
            writer.Write(length);
        }

        writer.Write(pairBlock);
        return new(writer.ToArray());
    }
}
