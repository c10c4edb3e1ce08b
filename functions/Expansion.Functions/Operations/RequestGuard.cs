using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Options;

namespace Expansion.Functions.Operations;

/// <summary>
/// Stands before every HTTP function, after the host has asked for its key: how large, how often, and whose shop. What it can't tell it refuses.
/// Limits are counted by each instance for itself.
/// </summary>
public sealed class RequestGuard(IOptions<RequestOptions> options, IOptions<AccessOptions> access) : IDisposable
{
    private readonly PartitionedRateLimiter<(string Caller, int PerMinute)> _rates = PartitionedRateLimiter.Create<(string Caller, int PerMinute), string>(
        request => RateLimitPartition.GetTokenBucketLimiter(request.Caller, _ => Bucket(request.PerMinute)));

    private readonly Dictionary<string, AccessKey> _keys = access.Value.Keys.Values.ToDictionary(key => key.Sha256, StringComparer.OrdinalIgnoreCase);

    /// <summary>The dashboard's key, which opens what the roles of who is signed in do. Null where nobody is signed in.</summary>
    private readonly string? _dashboard = access.Value.SignIn is { Enabled: true, Key: var key } ? HashOf(key) : null;

    /// <summary>Null: let it in.</summary>
    public async ValueTask<IResult?> RefuseAsync(HttpContext context, string function)
    {
        if (!FunctionTraits.All.TryGetValue(function, out var traits))
        {
            return null;
        }

        var key = KeyOf(context.Request);
        return Rate(context, traits, key) ?? Size(context, traits) ?? await AccessAsync(context.Request, traits, key);
    }

    public void Dispose() => _rates.Dispose();

    private static TokenBucketRateLimiterOptions Bucket(int perMinute) => new()
    {
        TokenLimit = perMinute,
        TokensPerPeriod = Math.Max(1, perMinute / 60),
        ReplenishmentPeriod = TimeSpan.FromSeconds(Math.Max(1, 60.0 / perMinute)),
        AutoReplenishment = false,
    };

    private IResult? Rate(HttpContext context, FunctionTraits traits, string? key)
    {
        foreach (var caller in Callers(context, traits, key))
        {
            using var lease = _rates.AttemptAcquire(caller);
            if (!lease.IsAcquired)
            {
                context.Response.Headers.RetryAfter =
                    lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? Math.Ceiling(after.TotalSeconds).ToString(CultureInfo.InvariantCulture) : "1";
                return Problems.TooMany("Too many requests in a minute: wait as long as Retry-After says.");
            }
        }

        return null;
    }

    /// <summary>Whose buckets a request takes from.</summary>
    private IEnumerable<(string Caller, int PerMinute)> Callers(HttpContext context, FunctionTraits traits, string? key)
    {
        var (address, visitor) = AddressesOf(context);
        if (traits.Level != AuthorizationLevel.Anonymous)
        {
            // Without a key the host lets nobody in here but when it asks for none: on a developer's machine.
            return key is null ? [] : [(key, options.Value.KeyPerMinute)];
        }

        // Who stands behind a proxy is only what the proxy says, so that the proxy itself is counted too.
        return traits.IsWebhook ? [($"{traits.Name} {address}", options.Value.KeyPerMinute)]
            : traits.IsBehindProxy ? [($"proxy {address}", options.Value.KeyPerMinute), ($"visitor {visitor}", options.Value.VisitorPerMinute)]
            : [($"visitor {address}", options.Value.VisitorPerMinute)];
    }

    private IResult? Size(HttpContext context, FunctionTraits traits)
    {
        if (traits.TakesFile)
        {
            return null;
        }

        if (context.Request.ContentLength > options.Value.MaxBodyBytes)
        {
            return Problems.TooLarge($"The body may have at most {options.Value.MaxBodyBytes} bytes.");
        }

        // For a body that doesn't tell its length.
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = options.Value.MaxBodyBytes;
        }

        return null;
    }

    private async ValueTask<IResult?> AccessAsync(HttpRequest request, FunctionTraits traits, string? key)
    {
        var isDashboard = key is not null && key == _dashboard;
        if (traits.Level is AuthorizationLevel.Anonymous or AuthorizationLevel.Admin || (_keys.Count == 0 && !isDashboard))
        {
            return null;
        }

        var allowed = isDashboard ? access.Value.SignIn.AccessOf(ClientPrincipal.Of(request)) : key is null ? null : _keys.GetValueOrDefault(key);
        if (allowed is null)
        {
            return Problems.Forbidden(isDashboard ? "Sign in with one of the app roles listed under Access:SignIn:Roles." : "This key is for no shop: have it listed under Access:Keys.");
        }

        return allowed.Shops.Contains(AccessKey.AllShops)
            || (!traits.IsOfAllShops && await ShopsAsked.OfAsync(request, traits, options.Value.MaxBodyBytes) is { Count: > 0 } asked && asked.All(allowed.IsFor))
            ? null
            : Problems.Forbidden("This key isn't for that shop.");
    }

    /// <summary>The key's hash: what is kept in memory is no key. Taken from where the host takes it.</summary>
    private static string? KeyOf(HttpRequest request)
    {
        var key = request.Headers.TryGetValue("x-functions-key", out var header) ? header.ToString() : request.Query["code"].ToString();
        return key.Length == 0 ? null : HashOf(key);
    }

    private static string HashOf(string key) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(key)));

    /// <summary>
    /// Azure's front end appends the caller's address and port to X-Forwarded-For; what stands before is what the caller says, and first in it the
    /// visitor for whom a proxy asks.
    /// </summary>
    private static (string? Caller, string? Claimed) AddressesOf(HttpContext context)
    {
        var forwarded = context.Request.Headers["X-Forwarded-For"].ToString().Split(',');
        var caller = (IPEndPoint.TryParse(forwarded[^1].Trim(), out var last) ? last.Address : context.Connection.RemoteIpAddress)?.ToString();
        // An address and nothing else, so that nobody fills the memory with names.
        return (caller, IPAddress.TryParse(forwarded[0].Trim(), out var first) ? first.ToString() : caller);
    }
}
