using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Expansion.Engine;
using Microsoft.AspNetCore.WebUtilities;

namespace Expansion.Connectors.Shopify;

/// <summary>
/// The signature of a call through the app proxy: lower-case hex of HMAC-SHA256 over every other query parameter as key=value, decoded, repeated ones joined by commas,
/// sorted by their bytes and put together without anything between. https://shopify.dev/docs/apps/build/online-store/app-proxies/authenticate-app-proxies
/// </summary>
public static class ShopifyProxySignature
{
    /// <summary>How far Shopify's clock and ours may be apart; Shopify's own library allows the same.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(90);

    private const string Signature = "signature";
    private const string Shop = "shop";
    private const string Timestamp = "timestamp";
    private const string Customer = "logged_in_customer_id";

    /// <summary>What Shopify adds, once each. A visitor who adds one as well must not be believed, whoever joins them.</summary>
    private static readonly string[] Added = [Signature, Shop, Timestamp, Customer, "path_prefix"];

    /// <param name="query">The query string as received.</param>
    /// <returns>Null unless one of the shop's secrets made the signature, within <see cref="Tolerance"/> of now.</returns>
    public static ShopifyProxyCall? Verify(string? query, Func<ShopId, IReadOnlyList<string>> secretsOf, DateTimeOffset now)
    {
        var pairs = Decode(query);
        var parameters = pairs.ToLookup(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);
        if (Added.Any(name => parameters[name].Skip(1).Any()))
        {
            return null;
        }

        var shop = ShopId.TryFrom(parameters[Shop].SingleOrDefault(), out var named) ? named : default;
        return IsSigned(parameters, secretsOf(shop)) && IsFresh(parameters[Timestamp].SingleOrDefault(), now)
            ? new(
                shop,
                parameters[Customer].SingleOrDefault() is { Length: > 0 and <= CustomerId.MaxLength } customer ? new CustomerId(customer) : null,
                pairs.Where(pair => !Added.Contains(pair.Key)).ToLookup(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal))
            : null;
    }

    private static List<KeyValuePair<string, string>> Decode(string? query)
    {
        var pairs = new List<KeyValuePair<string, string>>();
        foreach (var pair in new QueryStringEnumerable(query))
        {
            pairs.Add(new(pair.DecodeName().ToString(), pair.DecodeValue().ToString()));
        }

        return pairs;
    }

    private static bool IsSigned(ILookup<string, string> parameters, IReadOnlyList<string> secrets)
    {
        var parts = parameters.Where(parameter => parameter.Key != Signature).Select(parameter => Encoding.UTF8.GetBytes($"{parameter.Key}={string.Join(',', parameter)}")).ToList();
        parts.Sort((one, other) => one.AsSpan().SequenceCompareTo(other));
        Span<byte> claimed = stackalloc byte[HMACSHA256.HashSizeInBytes];
        return Convert.FromHexString(parameters[Signature].SingleOrDefault() ?? "", claimed, out _, out var written) == System.Buffers.OperationStatus.Done
            && written == claimed.Length && ShopifySignature.IsAnyOf(secrets, parts.SelectMany(part => part).ToArray(), claimed);
    }

    private static bool IsFresh(string? timestamp, DateTimeOffset now) =>
        long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        && Math.Abs(now.ToUnixTimeSeconds() - (decimal)seconds) <= (decimal)Tolerance.TotalSeconds;
}
