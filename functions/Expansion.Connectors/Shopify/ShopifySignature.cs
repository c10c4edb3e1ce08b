using System.Security.Cryptography;
using System.Text;

namespace Expansion.Connectors.Shopify;

/// <summary>
/// The signature of a webhook: base64 of HMAC-SHA256 over the body as received, keyed with the UTF-8 bytes of a client secret.
/// https://shopify.dev/docs/apps/build/webhooks/verify-deliveries
/// </summary>
public static class ShopifySignature
{
    /// <summary>Hashed with when a shop is unknown, so that the time of the refusal doesn't tell it from a wrong signature. Matches nothing.</summary>
    private static readonly IReadOnlyList<string> NoSecrets = [Convert.ToHexString(RandomNumberGenerator.GetBytes(32))];

    /// <summary>Whether the header can be a signature at all.</summary>
    public static bool IsDecodable(string? header) => TryDecode(header, stackalloc byte[HMACSHA256.HashSizeInBytes]);

    /// <summary>True when one of the secrets made the signature.</summary>
    public static bool Verify(ReadOnlySpan<byte> body, string? header, IReadOnlyList<string> secrets)
    {
        Span<byte> claimed = stackalloc byte[HMACSHA256.HashSizeInBytes];
        return TryDecode(header, claimed) && IsAnyOf(secrets, body, claimed);
    }

    /// <summary>All secrets are tried, in constant time, whichever made the hash; none counts as one that matches nothing.</summary>
    internal static bool IsAnyOf(IReadOnlyList<string> secrets, ReadOnlySpan<byte> message, ReadOnlySpan<byte> claimed)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        var matches = false;
        foreach (var secret in secrets.Count > 0 ? secrets : NoSecrets)
        {
            HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), message, hash);
            matches |= CryptographicOperations.FixedTimeEquals(hash, claimed);
        }

        return matches;
    }

    private static bool TryDecode(string? header, Span<byte> claimed) =>
        header is not null && Convert.TryFromBase64String(header, claimed, out var length) && length == claimed.Length;
}
