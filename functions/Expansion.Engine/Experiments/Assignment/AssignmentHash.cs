using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Expansion.Engine.Experiments.Assignment;

/// <summary>Chance as a hash: the same on every machine and every day, uniform, and independent between salts.</summary>
public static class AssignmentHash
{
    /// <summary>The first 8 bytes of SHA-256 of "salt:unit" in UTF-8, big-endian, shifted right by 11, / 2⁵³: from 0 to just below 1. Byte for byte: no trimming, no folding of case.</summary>
    public static double Of(string salt, string unit)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{salt}:{unit}"), hash);
        return (BinaryPrimitives.ReadUInt64BigEndian(hash) >> 11) / (double)(1UL << 53);
    }
}
