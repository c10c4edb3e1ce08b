using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Expansion.Connectors.Billing;

/// <summary>
/// The header Stripe-Signature: t=seconds and one or more v1=hex of HMAC-SHA256 over "{t}." and the body's bytes, keyed with the UTF-8 bytes of the whole secret.
/// https://docs.stripe.com/webhooks#verify-manually
/// </summary>
public static class StripeSignature
{
    public const string Header = "Stripe-Signature";

    /// <summary>How far the time of the signature may be from ours in either direction: Stripe's own default.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    /// <summary>Tried when there are none, so that the time of the refusal doesn't tell which shops there are. Matches nothing.</summary>
    private static readonly IReadOnlyList<string> NoSecrets = [Convert.ToHexString(RandomNumberGenerator.GetBytes(32))];

    /// <summary>True when one of the secrets made one of the signatures, at a time within <see cref="Tolerance"/>. Other schemes than v1 are skipped.</summary>
    public static bool Verify(ReadOnlySpan<byte> body, string? header, IReadOnlyList<string> secrets, DateTimeOffset now)
    {
        var entries = (header ?? "").Split(',').Select(entry => entry.Split('=', 2)).Where(entry => entry.Length == 2).ToLookup(entry => entry[0].Trim(), entry => entry[1].Trim());
        if (!long.TryParse(entries["t"].FirstOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            || Math.Abs((double)seconds - now.ToUnixTimeSeconds()) > Tolerance.TotalSeconds)
        {
            return false;
        }

        var hashes = new List<byte[]>();
        foreach (var secret in secrets.Count > 0 ? secrets : NoSecrets)
        {
            using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
            hash.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{seconds}.")));
            hash.AppendData(body);
            hashes.Add(hash.GetHashAndReset());
        }

        var matches = false;
        Span<byte> claimed = stackalloc byte[HMACSHA256.HashSizeInBytes];
        foreach (var hex in entries["v1"].Where(hex => hex.Length == 2 * HMACSHA256.HashSizeInBytes && hex.All(char.IsAsciiHexDigitLower)))
        {
            _ = Convert.FromHexString(hex, claimed, out _, out _);
            foreach (var hash in hashes)
            {
                matches |= CryptographicOperations.FixedTimeEquals(hash, claimed);
            }
        }

        return matches;
    }
}
