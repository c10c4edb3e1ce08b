using System.Collections.Concurrent;
using Expansion.Engine;
using Microsoft.Extensions.Options;

namespace Expansion.Connectors.Odoo;

/// <summary>One client for each connection, made anew when the settings change.</summary>
internal sealed class OdooClients : IDisposable
{
    private readonly IOptionsMonitor<OdooOptions> _options;
    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<ShopId, OdooClient> _clients = new();
    private readonly IDisposable? _changes;
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) }) { Timeout = Timeout.InfiniteTimeSpan };

    public OdooClients(IOptionsMonitor<OdooOptions> options, TimeProvider time)
    {
        (_options, _time) = (options, time);
        _changes = options.OnChange(_ => _clients.Clear());
    }

    /// <summary>Null for a shop without a connection.</summary>
    public OdooClient? Find(ShopId shop) =>
        _options.CurrentValue.ConnectionOf(shop) is { } connection ? _clients.GetOrAdd(shop, _ => new(new OdooHttp(_http, connection, _time))) : null;

    public void Dispose()
    {
        _changes?.Dispose();
        _http.Dispose();
    }
}
