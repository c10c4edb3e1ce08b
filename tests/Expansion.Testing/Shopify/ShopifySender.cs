using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace Expansion.Testing.Shopify;

/// <summary>Sends webhooks as Shopify does: signed over the exact bytes, with its headers.</summary>
public static class ShopifySender
{
    public const string Shop = "coffee.myshopify.com";

    public const string Secret = "hush";

    /// <summary>Every header of an ordinary delivery; a test takes away or changes what it is about.</summary>
    public static Dictionary<string, string> Headers(string topic, byte[] body, string secret = Secret) => new(StringComparer.OrdinalIgnoreCase)
    {
        ["X-Shopify-Topic"] = topic,
        ["X-Shopify-Hmac-Sha256"] = Sign(body, secret),
        ["X-Shopify-Shop-Domain"] = Shop,
        ["X-Shopify-API-Version"] = "2026-07",
        ["X-Shopify-Webhook-Id"] = "b7504392-2461-4993-848c-1b59c87c8a87",
        ["X-Shopify-Triggered-At"] = "2026-03-01T10:00:00.234647458Z",
    };

    /// <summary>The settings of a host that takes them.</summary>
    public static Dictionary<string, string?> Settings => new() { ["Shopify:Shops:0:Domain"] = Shop, ["Shopify:Shops:0:Secrets:0"] = Secret };

    public static HttpRequestMessage Request(IReadOnlyDictionary<string, string> headers, byte[] body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "api/shopify/webhooks") { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return request;
    }

    /// <summary>The query string of a storefront's call as the app proxy passes it on.</summary>
    /// <param name="query">The visitor's own part, encoded.</param>
    public static string Proxy(string query, DateTimeOffset time, string customer = "", string secret = Secret)
    {
        var added = $"shop={Shop}&logged_in_customer_id={customer}&path_prefix=%2Fapps%2Fexpansion&timestamp={time.ToUnixTimeSeconds()}";
        var full = query.Length == 0 ? added : $"{query}&{added}";
        var parts = full.Split('&').Select(pair => pair.Split('=', 2)).GroupBy(pair => Decode(pair[0]), pair => Decode(pair[1]))
            .Select(pair => $"{pair.Key}={string.Join(',', pair)}").Order(StringComparer.Ordinal);
        var signature = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(string.Concat(parts)));
        return $"?{full}&signature={Convert.ToHexStringLower(signature)}";

        static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
    }

    public static string Sign(byte[] body, string secret = Secret) => Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body));
}
