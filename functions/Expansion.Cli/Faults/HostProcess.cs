using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Expansion.Cli.Faults;

/// <summary>`expansion serve` in a process of its own, which can be hurt.</summary>
/// <param name="assembly">The command's, of this version or another.</param>
internal sealed class HostProcess(string assembly, IReadOnlyDictionary<string, string> settings, string logFile) : IAsyncDisposable
{
    /// <summary>Three minutes' worth. Counted, and not timed, so that a machine that stands still for a while spoils no run.</summary>
    private const int MostAsked = 720;
    private static readonly TimeSpan AskEvery = TimeSpan.FromMilliseconds(250);

    private readonly int _port = FreePort();
    private Process? _process;

    public Uri Address => new($"http://127.0.0.1:{_port}/");

    /// <summary>Returns when it answers.</summary>
    public async Task StartAsync(HttpClient http, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", "exec \"$@\" >> \"$0\" 2>&1", logFile, "dotnet", assembly, "serve", "--port", _port.ToString(CultureInfo.InvariantCulture)]);
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        _process = Process.Start(start) ?? throw new InvalidOperationException("A host could not be started.");
        for (var asked = 0; !await AnswersAsync(http, cancellationToken); asked++)
        {
            if (_process.HasExited || asked == MostAsked)
            {
                throw new InvalidOperationException($"A host doesn't start: see {logFile}.");
            }

            await Task.Delay(AskEvery, cancellationToken);
        }
    }

    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
    }

    public async Task StopAsync()
    {
        await SignalAsync(_process!.Id, "TERM");
        await _process.WaitForExitAsync();
    }

    public async Task PauseAsync(TimeSpan length) => await PauseAsync(_process!.Id, length);

    public static async Task PauseAsync(int process, TimeSpan length)
    {
        await SignalAsync(process, "STOP");
        try
        {
            await Task.Delay(length);
        }
        finally
        {
            await SignalAsync(process, "CONT");
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
        {
            await KillAsync();
        }

        _process?.Dispose();
    }

    private static async Task SignalAsync(int process, string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", process.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    private async Task<bool> AnswersAsync(HttpClient http, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await http.GetAsync(new Uri(Address, "api/health?probe=live"), cancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
