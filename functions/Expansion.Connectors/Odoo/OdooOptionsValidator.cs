using Expansion.Engine;
using Microsoft.Extensions.Options;

namespace Expansion.Connectors.Odoo;

/// <summary>Collects every mistake, by its setting. Keys are never repeated in a message.</summary>
internal sealed class OdooOptionsValidator : IValidateOptions<OdooOptions>
{
    public ValidateOptionsResult Validate(string? name, OdooOptions options)
    {
        var errors = options.Connections.Index().SelectMany(connection => Mistakes(connection.Item).Select(mistake => $"{OdooOptions.Section}:Connections:{connection.Index}:{mistake}"))
            .Concat(options.Connections.GroupBy(connection => connection.Shop).Where(same => same.Count() > 1).Select(same => $"{OdooOptions.Section}:Connections: {same.Key} is there more than once."))
            .ToList();
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    private static IEnumerable<string> Mistakes(OdooConnection connection)
    {
        if (!ShopId.TryFrom(connection.Shop, out _))
        {
            yield return $"Shop: '{connection.Shop}' is no shop's id, e.g. coffee.example.";
        }

        if (!Uri.TryCreate(connection.Url, UriKind.Absolute, out var url) || url.Scheme is not ("https" or "http") || url.UserInfo.Length > 0 || url.Query.Length > 0)
        {
            yield return "Url: must be the server's address, e.g. https://mycompany.odoo.com.";
        }
        else if (url.Scheme == "http" && !url.IsLoopback)
        {
            yield return "Url: must be https, since the key goes with every request; http is for this machine only.";
        }

        if (connection.Keys.Count is 0 or > OdooConnection.MaxKeys || connection.Keys.Any(key => string.IsNullOrWhiteSpace(key) || key != key.Trim()))
        {
            yield return $"Keys: 1 to {OdooConnection.MaxKeys} are needed, none empty or with a blank at its ends.";
        }

        if (connection.Protocol == OdooProtocol.JsonRpc && (string.IsNullOrEmpty(connection.Database) || string.IsNullOrEmpty(connection.Login)))
        {
            yield return "Database: JSON-RPC needs the database and the login.";
        }

        if (connection.Timeout < TimeSpan.FromSeconds(1) || connection.Timeout > TimeSpan.FromMinutes(2))
        {
            yield return "Timeout: must be from 1 second to 2 minutes.";
        }
    }
}
