using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Expansion.Storage.Tables;

/// <summary>Keys may not hold / \ # ? or control characters, and Shopify's ids and people's SKUs hold them: every part is escaped, with = for %. Parts are joined by |, which no part holds.</summary>
internal static class TableKey
{
    /// <summary>Half of what a key may be long (1,024 characters), so that two long parts fit: longer ones end in ! and their hash.</summary>
    private const int MaxPart = 500;

    public static string From(string value)
    {
        var escaped = Uri.EscapeDataString(value).Replace('%', '=');
        return escaped.Length <= MaxPart
            ? escaped
            : $"{escaped[..(MaxPart - 65)]}!{Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(value)))}";
    }

    /// <summary>The same on every host: what spreads rows over partitions.</summary>
    public static uint HashOf(string value) => BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(value)));

    public static string From(params IEnumerable<string> parts) => string.Join('|', parts.Select(From));
}
