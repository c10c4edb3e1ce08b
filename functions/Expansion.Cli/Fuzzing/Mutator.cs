using System.Text;

namespace Expansion.Cli.Fuzzing;

/// <summary>Makes inputs that are almost right: a few changes to a seed, each a flipped bit, a changed, lost, repeated or foreign piece, or an end too soon.</summary>
internal sealed class Mutator(Random random)
{
    private const int MostChanges = 6;
    private const int MostBytes = 8192;

    /// <summary>Pieces that parsers stumble over.</summary>
    private static readonly byte[][] Pieces =
    [
        .. new[]
        {
            "\"", "\"\"", ",", "\n", "\r\n", "{", "}", "[", "]", "null", "true", "-1", "0", "1e309", "-1e-400", "99999999999999999999", "79228162514264337593543950336", "NaN", "0.1",
            "\\u0000", "\\ud800", "\\", "/", "%00", "{{", "}}", "{%", "%}", "|", "shop", "\u0130", "\u202e", "\ud83d\ude00", "9999-12-31T23:59:59Z", "0001-01-01", "2026-02-30T25:61:61+99:99", "+14:00", ":", "=", ";", "\t", "\ufeff",
        }.Select(Encoding.UTF8.GetBytes),
        [0], [0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0x1F, 0x8B],
    ];

    public byte[] Change(IReadOnlyList<byte[]> seeds)
    {
        var bytes = new List<byte>(seeds[random.Next(seeds.Count)]);
        for (var change = random.Next(1, MostChanges + 1); change > 0; change--)
        {
            ChangeOnce(bytes, seeds);
        }

        return [.. bytes.Take(MostBytes)];
    }

    private void ChangeOnce(List<byte> bytes, IReadOnlyList<byte[]> seeds)
    {
        var at = random.Next(bytes.Count + 1);
        var length = Math.Min(random.Next(1, 64), bytes.Count - at);
        switch (random.Next(7))
        {
            case 0 when at < bytes.Count:
                bytes[at] ^= (byte)(1 << random.Next(8));
                break;
            case 1 when at < bytes.Count:
                bytes[at] = (byte)random.Next(256);
                break;
            case 2:
                bytes.RemoveRange(at, length);
                break;
            case 3:
                bytes.InsertRange(at, bytes.GetRange(at, length));
                break;
            case 4:
                bytes.InsertRange(at, Pieces[random.Next(Pieces.Length)]);
                break;
            case 5:
                var other = seeds[random.Next(seeds.Count)];
                var from = random.Next(other.Length);
                bytes.InsertRange(at, other.AsSpan(from, Math.Min(random.Next(1, 256), other.Length - from)).ToArray());
                break;
            default:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
        }
    }
}
