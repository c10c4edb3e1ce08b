using System.Globalization;

namespace Expansion.Connectors.Shopify;

/// <summary>Shopify's ids in GraphQL, such as gid://shopify/Order/1: a type and a number.</summary>
internal static class ShopifyGid
{
    private const string Prefix = "gid://shopify/";

    /// <summary>Null when it is none.</summary>
    public static long? Number(string? gid) =>
        gid?.StartsWith(Prefix, StringComparison.Ordinal) == true && long.TryParse(gid[(gid.LastIndexOf('/') + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    public static bool Is(string? gid, string type) => gid?.StartsWith($"{Prefix}{type}/", StringComparison.Ordinal) == true;
}
