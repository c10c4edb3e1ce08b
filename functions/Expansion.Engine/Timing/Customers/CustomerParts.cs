using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Expansion.Engine.Timing.Customers;

/// <summary>
/// A shop's customers are kept in parts: storage takes 2,000 rows a second of each, and an emulator looks for a row among all of one. Customers of one part are saved in one write,
/// so they had better come in one message.
/// </summary>
public static class CustomerParts
{
    public const int Count = 16;

    /// <summary>0 to <see cref="Count"/> − 1, the same on every host.</summary>
    public static int Of(CustomerId customer) => (int)(BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(customer.Value))) % Count);
}
