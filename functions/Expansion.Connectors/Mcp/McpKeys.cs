using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Expansion.Connectors.Mcp;

/// <summary>Knows the clients by their keys.</summary>
public sealed class McpKeys(IOptionsMonitor<McpOptions> options)
{
    private const string Scheme = "Bearer ";

    /// <returns>Null without a key, or with one that nobody has. Every key is compared, in constant time, whichever matches.</returns>
    public McpClientOptions? Find(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        var given = Hash(header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? header[Scheme.Length..].Trim() : "");
        McpClientOptions? found = null;
        foreach (var client in options.CurrentValue.Clients)
        {
            found = CryptographicOperations.FixedTimeEquals(Hash(client.Key), given) ? client : found;
        }

        return found;
    }

    /// <summary>A page that isn't listed may not call, with whatever key: it may be somebody else's, in the browser of one of ours.</summary>
    public bool AllowsOrigin(HttpRequest request) => request.Headers.Origin.ToString() is var origin && (origin.Length == 0 || options.CurrentValue.Origins.Contains(origin.TrimEnd('/'), StringComparer.OrdinalIgnoreCase));

    private static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
