using Expansion.Engine;
using Microsoft.Extensions.Options;

namespace Expansion.Connectors.Shopify;

/// <summary>Collects every mistake in the shops, by its setting. Secrets are never repeated in a message.</summary>
internal sealed class ShopifyOptionsValidator : IValidateOptions<ShopifyOptions>
{
    public ValidateOptionsResult Validate(string? name, ShopifyOptions options)
    {
        var errors = new List<string>();
        var seen = new HashSet<ShopId>();
        foreach (var (index, shop) in options.Shops.Index())
        {
            var setting = $"{ShopifyOptions.Section}:Shops:{index}";
            if (!ShopId.TryFrom(shop.Domain, out var id))
            {
                errors.Add($"{setting}:Domain: '{shop.Domain}' is no shop's domain, e.g. coffee.myshopify.com.");
            }
            else if (!seen.Add(id))
            {
                errors.Add($"{setting}:Domain: {id} is listed more than once; give it several secrets instead.");
            }

            if (shop.Secrets.Count is < 1 or > ShopifyShopOptions.MaxSecrets)
            {
                errors.Add($"{setting}:Secrets: 1 to {ShopifyShopOptions.MaxSecrets} are needed, {shop.Secrets.Count} given.");
            }

            if (shop.AccessToken is { } token && (string.IsNullOrWhiteSpace(token) || token != token.Trim()))
            {
                errors.Add($"{setting}:AccessToken: is empty, or begins or ends with a blank; leave it out to do without.");
            }

            if (shop.PublishComplementary && shop.AccessToken is null)
            {
                errors.Add($"{setting}:PublishComplementary: needs the AccessToken beside it.");
            }

            errors.AddRange(
                from secret in shop.Secrets.Index()
                where string.IsNullOrWhiteSpace(secret.Item) || secret.Item != secret.Item.Trim()
                select $"{setting}:Secrets:{secret.Index}: is empty, or begins or ends with a blank.");
        }

        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }
}
