using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;

namespace Expansion.LocalHost.Http;

/// <summary>Keys from the section LocalHost:Keys (Master, Host, and Functions:NAME), asked for like the Functions host's own. Without any key all is open, as under func start.</summary>
internal sealed class FunctionKeys
{
    private readonly byte[]? _master;
    private readonly byte[]? _host;
    private readonly Dictionary<string, byte[]> _functions;

    public FunctionKeys(IConfiguration configuration)
    {
        var keys = configuration.GetSection("LocalHost:Keys");
        _master = Hash(keys["Master"]);
        _host = Hash(keys["Host"]);
        _functions = keys.GetSection("Functions").GetChildren()
            .Where(key => !string.IsNullOrEmpty(key.Value))
            .ToDictionary(key => key.Key, key => Hash(key.Value)!, StringComparer.OrdinalIgnoreCase);
    }

    public bool AreEnforced => _master is not null || _host is not null || _functions.Count > 0;

    public bool AllowAdmin(HttpRequest request) => Allow(request, AuthorizationLevel.Admin, function: null);

    public bool Allow(HttpRequest request, HttpFunction function) => Allow(request, function.Level, function.Name);

    private bool Allow(HttpRequest request, AuthorizationLevel level, string? function)
    {
        if (!AreEnforced || level == AuthorizationLevel.Anonymous)
        {
            return true;
        }
        // A header that is there decides, even when the query holds a better key.
        var given = Hash(request.Headers.TryGetValue("x-functions-key", out var header) ? header.ToString() : request.Query["code"].ToString());
        if (level != AuthorizationLevel.Function)
        {
            return Same(given, _master);
        }
        var own = function is null ? null : _functions.GetValueOrDefault(function);
        return Same(given, _master) | Same(given, _host) | Same(given, own);
    }

    // Hashes have one length, so the comparison tells nothing about the key's.
    private static byte[]? Hash(string? key) => string.IsNullOrEmpty(key) ? null : SHA256.HashData(Encoding.UTF8.GetBytes(key));

    private static bool Same(byte[]? given, byte[]? key) => given is not null && key is not null && CryptographicOperations.FixedTimeEquals(given, key);
}
