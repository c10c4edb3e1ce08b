using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Expansion.Engine.Recommendations.Serving;

/// <summary>
/// What each customer bought, a line of JSON each, and an index to find one customer's by its id's hash: 20 bytes a customer are kept in memory,
/// the rest is read when a customer is named.
/// </summary>
public static class PurchaseFile
{
    /// <summary>Kept of each customer, the latest.</summary>
    private const int MostOrders = 50;

    /// <returns>The index.</returns>
    public static PurchaseIndex Write(Stream stream, IEnumerable<KeyValuePair<string, List<PastPurchase>>> customers)
    {
        var (places, offset) = (new List<PurchasePlace>(), 0L);
        foreach (var (customer, purchases) in customers)
        {
            var json = JsonSerializer.SerializeToUtf8Bytes(
                new CustomerPurchases(customer, [.. purchases.OrderBy(purchase => purchase.At).TakeLast(MostOrders)]), ExpansionJson.Options);
            stream.Write(json);
            stream.Write("\n"u8);
            places.Add(new(Hash(customer), offset, json.Length));
            offset += json.Length + 1;
        }

        return new([.. places.OrderBy(place => place.Hash).ThenBy(place => place.Offset)]);
    }

    /// <param name="json">What stands where the index says.</param>
    /// <returns>None where it is another customer's, whose hash is the same.</returns>
    public static IReadOnlyList<PastPurchase> Read(ReadOnlySpan<byte> json, CustomerId customer) =>
        JsonSerializer.Deserialize<CustomerPurchases>(json, ExpansionJson.Options) is { } read && read.Customer == customer.Value ? read.Purchases : [];

    /// <summary>Takes a customer out of a written file: their line becomes nobody's, as long as it was, so that the index stays right.</summary>
    /// <returns>Whether they were in it.</returns>
    public static bool Blank(Span<byte> file, CustomerId customer)
    {
        var start = file.IndexOf(Encoding.UTF8.GetBytes($"{{\"customer\":{JsonSerializer.Serialize(customer.Value, ExpansionJson.Options)},"));
        if (start < 0)
        {
            return false;
        }

        var line = file[start..];
        line = line.IndexOf((byte)'\n') is var end and >= 0 ? line[..end] : line;
        line.Fill((byte)' ');
        JsonSerializer.SerializeToUtf8Bytes(new CustomerPurchases("", []), ExpansionJson.Options).CopyTo(line);
        return true;
    }

    /// <summary>FNV-1a: the same on every machine and every day.</summary>
    internal static ulong Hash(string customer)
    {
        var hash = 14695981039346656037UL;
        foreach (var b in Encoding.UTF8.GetBytes(customer))
        {
            hash = (hash ^ b) * 1099511628211UL;
        }

        return hash;
    }

    private sealed record CustomerPurchases(string Customer, IReadOnlyList<PastPurchase> Purchases);
}

/// <summary>Where in a purchase file each customer's part stands, by the hash of its id.</summary>
public sealed class PurchaseIndex(PurchasePlace[] places)
{
    public static PurchaseIndex Empty { get; } = new([]);

    public int Count => places.Length;

    public PurchasePlace? Find(CustomerId customer)
    {
        var place = Array.BinarySearch(places, new(PurchaseFile.Hash(customer.Value), 0, 0), Comparer<PurchasePlace>.Create((x, y) => x.Hash.CompareTo(y.Hash)));
        return place < 0 ? null : places[place];
    }

    public void Save(Stream stream) => stream.Write(MemoryMarshal.AsBytes(places.AsSpan()));

    public static PurchaseIndex Load(ReadOnlySpan<byte> bytes) => new(MemoryMarshal.Cast<byte, PurchasePlace>(bytes).ToArray());
}

/// <summary>Packed: 20 bytes.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
public readonly record struct PurchasePlace(ulong Hash, long Offset, int Length);
