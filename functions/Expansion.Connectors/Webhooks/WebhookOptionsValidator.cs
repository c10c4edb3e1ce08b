using Expansion.Engine;
using Microsoft.Extensions.Options;

namespace Expansion.Connectors.Webhooks;

/// <summary>Collects every mistake, by its setting. Secrets are never repeated in a message.</summary>
internal sealed class WebhookOptionsValidator : IValidateOptions<WebhookOptions>
{
    public ValidateOptionsResult Validate(string? name, WebhookOptions options)
    {
        List<string> errors =
        [
            .. options.Endpoints.Index().SelectMany(endpoint => Mistakes(endpoint.Item).Concat(Mistakes(endpoint.Item.Id, endpoint.Item.Shop, endpoint.Item.Secrets))
                .Select(mistake => $"{WebhookOptions.Section}:Endpoints:{endpoint.Index}:{mistake}")),
            .. options.Sources.Index().SelectMany(source => Mistakes(source.Item.Id, source.Item.Shop, source.Item.Secrets)
                .Select(mistake => $"{WebhookOptions.Section}:Sources:{source.Index}:{mistake}")),
            .. Doubles("Endpoints", options.Endpoints.Select(endpoint => $"{endpoint.Shop}/{endpoint.Id}")),
            .. Doubles("Sources", options.Sources.Select(source => source.Id)),
        ];
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    private static IEnumerable<string> Mistakes(WebhookEndpoint endpoint)
    {
        if (!Uri.TryCreate(endpoint.Url, UriKind.Absolute, out var url) || url.UserInfo.Length > 0 || !(url.Scheme == Uri.UriSchemeHttps || (endpoint.Private && url.Scheme == Uri.UriSchemeHttp)))
        {
            yield return "Url: must be an https address without a user name; http needs Private as well.";
        }

        foreach (var type in endpoint.Types.Except(EventTypes.All))
        {
            yield return $"Types: there is no '{type}'; use {string.Join(", ", EventTypes.All)}.";
        }
    }

    private static IEnumerable<string> Mistakes(string id, string shop, IList<string> secrets)
    {
        if (id.Length is 0 or > 50 || !id.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_'))
        {
            yield return $"Id: '{id}' must be 1 to 50 letters, digits, - and _.";
        }

        if (!ShopId.TryFrom(shop, out _))
        {
            yield return $"Shop: '{shop}' is no shop's id, e.g. coffee.example.";
        }

        if (secrets.Count is 0 or > WebhookOptions.MaxSecrets || !secrets.All(secret => WebhookSecret.TryParse(secret, out var _)))
        {
            yield return $"Secrets: 1 to {WebhookOptions.MaxSecrets} are needed, each whsec_ and the base64 of 24 to 64 bytes.";
        }
    }

    private static IEnumerable<string> Doubles(string list, IEnumerable<string> ids) =>
        ids.GroupBy(id => id, StringComparer.Ordinal).Where(same => same.Count() > 1).Select(same => $"{WebhookOptions.Section}:{list}: {same.Key} is there more than once.");
}
