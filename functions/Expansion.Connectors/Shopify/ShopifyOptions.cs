using System.ComponentModel.DataAnnotations;

namespace Expansion.Connectors.Shopify;

/// <summary>Bound to the section Shopify.</summary>
public sealed class ShopifyOptions
{
    public const string Section = "Shopify";

    /// <summary>The largest webhook body taken, in bytes; a larger one is refused with 413 before it is read to its end. Default 4 MiB, at most 64 MiB.</summary>
    [Range(1024, 67_108_864)]
    public int MaxBodyBytes { get; set; } = 4_194_304;

    /// <summary>The shops whose webhooks are taken.</summary>
    public IList<ShopifyShopOptions> Shops { get; } = [];
}

/// <summary>One shop. Several secrets let the old one stay valid while the new one is rolled out.</summary>
public sealed class ShopifyShopOptions
{
    /// <summary>The shop's own domain, e.g. coffee.myshopify.com.</summary>
    [Required]
    public string Domain { get; set; } = "";

    /// <summary>Client secrets that a signature may be made with, 1 to 5.</summary>
    [MinLength(1), MaxLength(5)]
    public IList<string> Secrets { get; } = [];
}
