namespace Expansion.Engine.Affinity.Months;

/// <summary>
/// What one month contributes to a window, in a form that need not be read from its segment or counted again while the segment stays the same: its baskets with customer and day,
/// and the count of every pair. Kept as the bytes it is stored as, some 3 to 4 a pair and 2 an item, and read from them in place.
/// Products are local integers in ordinal order, so that ascending stays ascending when they are mapped to a window's.
/// </summary>
public sealed class MonthDigest
{
    /// <summary>Goes up when the form changes; a digest of another form is made anew.</summary>
    private const int Form = 1;

    private readonly byte[] _bytes;
    private readonly int _customers;
    private readonly int _baskets;
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
        Skus = new Sku[reader.Read()];
        Frequencies = new int[Skus.Length];
        for (var item = 0; item < Skus.Length; item++)
        {
            Skus[item] = new(reader.ReadString());
            Frequencies[item] = reader.Read();
        }

        Customers = reader.Read();
        _customers = reader.Position;
        for (var customer = 0; customer < Customers; customer++)
        {
            reader.Skip(reader.Read());
        }

        Baskets = reader.Read();
        var length = reader.Read();
        _baskets = reader.Position;
        reader.Skip(length);
        _pairs = new int[Skus.Length + 1];
        for (var item = 0; item < Skus.Length; item++)
        {
            _pairs[item + 1] = _pairs[item] + reader.Read();
        }

        if (reader.Read() != _pairs[^1] || reader.Position + _pairs[^1] != bytes.Length)
        {
            throw new FormatException("The digest is damaged.");
        }

        for (var item = 0; item <= Skus.Length; item++)
        {
            _pairs[item] += reader.Position;
        }
    }

    public YearMonth Month { get; }

    /// <summary>The version of the segment this was made from.</summary>
    public string Version { get; }

    /// <summary>The products in a basket of the month, in ordinal order.</summary>
    public Sku[] Skus { get; }

    /// <summary>Baskets that hold the product.</summary>
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

    /// <summary>The month's known customers, in the order in which its baskets number them.</summary>
    public DigestCustomers ReadCustomers() => new(_bytes.AsSpan(_customers), Customers);

    /// <summary>The month's baskets, by time.</summary>
    public DigestBaskets ReadBaskets() => new(_bytes.AsSpan(_baskets), Baskets, Skus.Length);

    /// <summary>The partners of a product that come after it, ascending, each with the number of baskets that hold both.</summary>
    public DigestPairs ReadPairs(int item) => new(_bytes.AsSpan(_pairs[item], _pairs[item + 1] - _pairs[item]), item);

    internal int PairBytes(int item) => _pairs[item + 1] - _pairs[item];

    /// <summary>The bytes of a digest, in the order in which the constructor reads them.</summary>
    internal static MonthDigest Write(YearMonth month, string version, IReadOnlyList<(string Sku, int Frequency)> skus, IReadOnlyList<string> customers,
        int baskets, VarintWriter basketBlock, IReadOnlyList<int> pairLengths, VarintWriter pairBlock)
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

        writer.Write(customers.Count);
        foreach (var customer in customers)
        {
            writer.Write(customer);
        }

        writer.Write(baskets);
        writer.Write(basketBlock);
        foreach (var length in pairLengths)
        {
            writer.Write(length);
        }

        writer.Write(pairBlock);
        return new(writer.ToArray());
    }
}
