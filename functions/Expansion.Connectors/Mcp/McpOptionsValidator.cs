using Expansion.Engine;
using Microsoft.Extensions.Options;

namespace Expansion.Connectors.Mcp;

/// <summary>Collects every mistake, by its setting. Keys are never repeated in a message.</summary>
internal sealed class McpOptionsValidator : IValidateOptions<McpOptions>
{
    public ValidateOptionsResult Validate(string? name, McpOptions options)
    {
        var errors = options.Clients.Index().SelectMany(client => Mistakes(client.Item).Select(mistake => $"{McpOptions.Section}:Clients:{client.Index}:{mistake}"))
            .Concat(options.Clients.GroupBy(client => client.Key).Any(same => same.Count() > 1) ? [$"{McpOptions.Section}:Clients: two have the same key."] : [])
            .Concat(options.Origins.Where(origin => !Uri.TryCreate(origin, UriKind.Absolute, out var url) || url.PathAndQuery != "/").Select(origin => $"{McpOptions.Section}:Origins: '{origin}' is no origin, e.g. https://inspector.example."))
            .ToList();
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    private static IEnumerable<string> Mistakes(McpClientOptions client)
    {
        if (client.Name.Trim().Length == 0)
        {
            yield return "Name: must say who it is.";
        }

        if (client.Key.Length < McpClientOptions.MinKeyLength || client.Key.Any(char.IsWhiteSpace))
        {
            yield return $"Key: must have {McpClientOptions.MinKeyLength} characters or more, and no blank.";
        }

        foreach (var shop in client.Shops.Where(shop => !ShopId.TryFrom(shop, out _)))
        {
            yield return $"Shops: '{shop}' is no shop's id, e.g. coffee.example.";
        }
    }
}
