using System.Net;
using System.Net.Sockets;

namespace Expansion.Connectors.Webhooks;

/// <summary>
/// Connects to public addresses only. The name is looked up here, once, and the connection made to the very addresses that were checked, so that a name
/// that is public when checked and private when used gains nothing.
/// </summary>
public sealed class GuardedSockets(Func<string, CancellationToken, Task<IPAddress[]>> resolve)
{
    public GuardedSockets()
        : this(Dns.GetHostAddressesAsync)
    {
    }

    /// <param name="guarded">False lets any address through.</param>
    public SocketsHttpHandler Handler(bool guarded) => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        ConnectCallback = (context, cancellationToken) => ConnectAsync(context.DnsEndPoint, guarded, cancellationToken),
    };

    private async ValueTask<Stream> ConnectAsync(DnsEndPoint target, bool guarded, CancellationToken cancellationToken)
    {
        var addresses = await resolve(target.Host, cancellationToken);
        if (guarded && (addresses.Length == 0 || !addresses.All(PublicAddresses.IsPublic)))
        {
            throw new HttpRequestException(HttpRequestError.ConnectionError, "The host's address is not a public one.");
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, target.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
