using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Expansion.Engine.Outbox;

public static class RetryDelay
{
    /// <summary>What another side may ask for at most: longer than that, it is as good as gone.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    /// <summary>For systems of our own side: about two and a half days, an hour's outage costing some ten tries.</summary>
    public static readonly IReadOnlyList<TimeSpan> Usual =
    [
        .. new[] { 1, 2, 5, 10, 15, 15, 15, 30, 60, 120, 300, 600, 720, 720, 720 }.Select(minutes => TimeSpan.FromMinutes(minutes)),
    ];

    /// <summary>The wait, lengthened by up to a fifth by a hash of the key, so that what failed together doesn't come back together; never shorter than was asked for.</summary>
    public static TimeSpan Of(TimeSpan wait, TimeSpan? asked, string key)
    {
        var hash = BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(key))) / (uint.MaxValue + 1.0);
        var jittered = wait * (1 + (hash / 5));
        var least = asked is { } after ? after < Longest ? after : Longest : TimeSpan.Zero;
        return jittered > least ? jittered : least;
    }
}
