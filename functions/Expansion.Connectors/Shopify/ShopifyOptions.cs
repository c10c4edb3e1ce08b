using System.ComponentModel.DataAnnotations;
using Expansion.Engine;

namespace Expansion.Connectors.Shopify;

/// <summary>Bound to the section Shopify. Read anew for every delivery, so that a rotated secret needs no restart.</summary>
public sealed class ShopifyOptions
{
    public const string Section = "Shopify";

    /// <summary>The largest webhook body taken, in bytes; a larger one is refused with 413 before it is read to its end. Default 4 MiB, at most 64 MiB.</summary>
    [Range(1024, 67_108_864)]
    public int MaxBodyBytes { get; set; } = 4_194_304;

    /// <summary>The version of the Admin API that is asked; supported for a year.</summary>
    [RegularExpression(@"\d{4}-\d{2}")]
    public string ApiVersion { get; set; } = "2026-07";

    /// <summary>Where a shop's Admin API is. Another address is for tests: the access token goes there.</summary>
    [Required]
    public string AdminAddress { get; set; } = "https://{shop}";

    /// <summary>The shops whose webhooks are taken.</summary>
    public IList<ShopifyShopOptions> Shops { get; } = [];

    /// <summary>Null for a shop that isn't listed.</summary>
    public ShopifyShopOptions? Find(ShopId shop) => Shops.FirstOrDefault(known => ShopId.TryFrom(known.Domain, out var id) && id == shop);

    /// <summary>Empty for a shop that isn't listed.</summary>
    public IReadOnlyList<string> SecretsOf(ShopId shop) => [.. Find(shop)?.Secrets ?? []];
}

/// <summary>One shop. Several secrets let the old one stay valid while the new one is rolled out.</summary>
public sealed class ShopifyShopOptions
{
    public const int MaxSecrets = 5;

    /// <summary>The shop's own domain, e.g. coffee.myshopify.com.</summary>
    public string Domain { get; set; } = "";

    /// <summary>Client secrets that a signature may be made with, 1 to 5.</summary>
    public IList<string> Secrets { get; } = [];

    /// <summary>The Admin API's access token, for backfill and publishing; both are off without.</summary>
    public string? AccessToken { get; set; }

    /// <summary>Whether approved pairs are written into the shop's own list of complementary products. Off by default.</summary>
    public bool PublishComplementary { get; set; }
}
