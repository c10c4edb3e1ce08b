using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;

namespace Expansion.Engine.Timing.Customers;

/// <summary>
/// The last <see cref="Most"/> signals, 8 bytes of each id's hash, in the order they came. More than twice what a customer may send in an hour, so that a repeat within that
/// hour is always recognised, and usually one within months. A repeat beyond that changes sums of use only: all else is told by its own id or time.
/// </summary>
public sealed record SeenSignals(byte[] Hashes)
{
    public const int Most = 2048;

    private const int Size = sizeof(ulong);

    public static SeenSignals None { get; } = new([]);

    [JsonIgnore]
    public int Count => Hashes.Length / Size;

    public bool Contains(string id) => Contains(Hash(id));

    /// <returns>The same when the signal is among them already.</returns>
    public SeenSignals With(string id)
    {
        var hash = Hash(id);
        if (Contains(hash))
        {
            return this;
        }

        var keep = Hashes.AsSpan(Hashes.Length < Most * Size ? 0 : Size);
        var hashes = new byte[keep.Length + Size];
        keep.CopyTo(hashes);
        BinaryPrimitives.WriteUInt64LittleEndian(hashes.AsSpan(keep.Length), hash);
        return new(hashes);
    }

    private bool Contains(ulong hash)
    {
        for (var at = 0; at < Hashes.Length; at += Size)
        {
            if (BinaryPrimitives.ReadUInt64LittleEndian(Hashes.AsSpan(at)) == hash)
            {
                return true;
            }
        }

        return false;
    }

    private static ulong Hash(string id)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(id), hash);
        return BinaryPrimitives.ReadUInt64LittleEndian(hash);
    }
}
