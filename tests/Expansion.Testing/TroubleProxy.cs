using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Expansion.Testing;

/// <summary>Stands before a server on this machine, passes everything on, or is itself the trouble: one that hangs up, never answers, or says what it shouldn't.</summary>
public sealed class TroubleProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _accepting;
    private int _met;

    public TroubleProxy(int target)
    {
        _listener.Start();
        _accepting = AcceptAsync(target);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>What becomes of a new connection; null to pass it on.</summary>
    public Func<NetworkStream, CancellationToken, Task>? Trouble { get; set; }

    /// <summary>How many connections met with trouble.</summary>
    public int Met => Volatile.Read(ref _met);

    public static Func<NetworkStream, CancellationToken, Task> HangUp { get; } = (_, _) => Task.CompletedTask;

    /// <summary>Takes everything and says nothing.</summary>
    public static Task Silence(NetworkStream stream, CancellationToken stop) => stream.CopyToAsync(Stream.Null, stop);

    /// <param name="asked">Whether it waits to be asked, as a web server does, or greets.</param>
    public static Func<NetworkStream, CancellationToken, Task> Say(string text, bool asked) => async (stream, stop) =>
    {
        if (asked)
        {
            await stream.ReadAtLeastAsync(new byte[1], 1, cancellationToken: stop);
        }

        await stream.WriteAsync(Encoding.ASCII.GetBytes(text), stop);
        stream.Socket.Shutdown(SocketShutdown.Send);
        await Silence(stream, stop);
    };

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync(int target)
    {
        var open = new List<Task>();
        try
        {
            while (true)
            {
                open.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token), target));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(open);
        }
    }

    private async Task ServeAsync(TcpClient client, int target)
    {
        using var from = client;
        try
        {
            if (Trouble is { } trouble)
            {
                Interlocked.Increment(ref _met);
                await trouble(from.GetStream(), _stop.Token);
                return;
            }

            using var to = new TcpClient();
            await to.ConnectAsync(IPAddress.Loopback, target, _stop.Token);
            await Task.WhenAny(from.GetStream().CopyToAsync(to.GetStream(), _stop.Token), to.GetStream().CopyToAsync(from.GetStream(), _stop.Token));
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            // One of the two has had enough, or the test is over.
        }
    }
}
