using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Expansion.Connectors.Webhooks;

/// <summary>
/// The signature of Standard Webhooks 1.0.0: v1 and the base64 of HMAC-SHA256 over "{id}.{timestamp}." and the body's bytes.
/// https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
/// </summary>
public static class WebhookSignature
{
    public const string IdHeader = "webhook-id";
    public const string TimestampHeader = "webhook-timestamp";
    public const string SignatureHeader = "webhook-signature";

    /// <summary>How far the sender's clock, and the way here, may be off in either direction.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    private const int MaxIdLength = 200;
    private const string Version = "v1,";

    /// <summary>Tried when nobody has a key, so that the time of the refusal doesn't tell who is known. Matches nothing.</summary>
    private static readonly IReadOnlyList<byte[]> NoKeys = [RandomNumberGenerator.GetBytes(32)];

    public static string Sign(byte[] key, string id, long unixSeconds, ReadOnlySpan<byte> body) => Version + Convert.ToBase64String(Hash(key, id, unixSeconds, body));

    /// <summary>One entry for each secret, so that a receiver may know the old or the new one.</summary>
    public static string Header(IEnumerable<byte[]> keys, string id, long unixSeconds, byte[] body) => string.Join(' ', keys.Select(key => Sign(key, id, unixSeconds, body)));

    /// <returns>The id and time of a message that one of the keys signed within <see cref="Tolerance"/> of now; null otherwise. Entries of other versions are skipped.</returns>
    public static (string Id, DateTimeOffset At)? Verify(IHeaderDictionary headers, ReadOnlySpan<byte> body, IReadOnlyList<byte[]> keys, DateTimeOffset now)
    {
        if (headers[IdHeader].ToString() is not { Length: > 0 and <= MaxIdLength } id
            || !long.TryParse(headers[TimestampHeader], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            || Math.Abs((double)seconds - now.ToUnixTimeSeconds()) > Tolerance.TotalSeconds)
        {
            return null;
        }

        var matches = false;
        Span<byte> claimed = stackalloc byte[HMACSHA256.HashSizeInBytes];
        foreach (var entry in headers[SignatureHeader].ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!entry.StartsWith(Version, StringComparison.Ordinal) || !Convert.TryFromBase64String(entry[Version.Length..], claimed, out var length) || length != claimed.Length)
            {
                continue;
            }

            foreach (var key in keys.Count > 0 ? keys : NoKeys)
            {
                matches |= CryptographicOperations.FixedTimeEquals(Hash(key, id, seconds, body), claimed);
            }
        }

        return matches ? (id, DateTimeOffset.FromUnixTimeSeconds(seconds)) : null;
    }

    private static byte[] Hash(byte[] key, string id, long unixSeconds, ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        hash.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{unixSeconds}.")));
        hash.AppendData(body);
        return hash.GetHashAndReset();
    }
}
