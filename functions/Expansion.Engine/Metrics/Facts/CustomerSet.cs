using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Expansion.Engine.Metrics.Facts;

/// <summary>
/// Distinct customers, 8 bytes each: customers of several days are no sum, but a union. Exact but for hash collisions, of which a million customers
/// have one in 30 million shops.
/// </summary>
[JsonConverter(typeof(CustomerSetConverter))]
public sealed class CustomerSet : IEquatable<CustomerSet>
{
    private readonly ulong[] _sorted;

    private CustomerSet(ulong[] sorted) => _sorted = sorted;

    public static CustomerSet Empty { get; } = new([]);

    public int Count => _sorted.Length;

    /// <summary>The hashes, rising; for storage.</summary>
    public IReadOnlyList<ulong> Hashes => _sorted;

    public static CustomerSet Of(IEnumerable<CustomerId> customers) => FromHashes(customers.Select(Hash));

    public static CustomerSet FromHashes(IEnumerable<ulong> hashes) => new([.. hashes.Distinct().Order()]);

    public static ulong Hash(CustomerId customer)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(customer.Value), hash);
        return BinaryPrimitives.ReadUInt64BigEndian(hash);
    }

    public static CustomerSet operator +(CustomerSet left, CustomerSet right)
    {
        if (left.Count == 0 || right.Count == 0)
        {
            return left.Count == 0 ? right : left;
        }

        var (merged, i, j, used) = (new ulong[left.Count + right.Count], 0, 0, 0);
        while (i < left.Count || j < right.Count)
        {
            var (a, b) = (i < left.Count ? left._sorted[i] : ulong.MaxValue, j < right.Count ? right._sorted[j] : ulong.MaxValue);
            merged[used++] = Math.Min(a, b);
            i += a <= b ? 1 : 0;
            j += b <= a ? 1 : 0;
        }

        return new(used == merged.Length ? merged : merged[..used]);
    }

    public static CustomerSet Add(CustomerSet left, CustomerSet right) => left + right;

    public bool Equals(CustomerSet? other) => other is not null && _sorted.AsSpan().SequenceEqual(other._sorted);

    public override bool Equals(object? obj) => Equals(obj as CustomerSet);

    public override int GetHashCode() => Count == 0 ? 0 : HashCode.Combine(Count, _sorted[0], _sorted[^1]);
}

/// <summary>As Base64 of the hashes, 8 bytes each, rising.</summary>
internal sealed class CustomerSetConverter : JsonConverter<CustomerSet>
{
    public override CustomerSet Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        CustomerSet.FromHashes(MemoryMarshal.Cast<byte, ulong>(reader.GetBytesFromBase64()).ToArray());

    public override void Write(Utf8JsonWriter writer, CustomerSet value, JsonSerializerOptions options) =>
        writer.WriteBase64StringValue(MemoryMarshal.AsBytes<ulong>(value.Hashes.ToArray()));
}
