using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Expansion.LocalHost.Azurite;

/// <summary>One running Azurite. It ends with this process at the latest, see start.js.</summary>
public sealed partial class AzuriteProcess : IAsyncDisposable
{
    /// <summary>Generous: on a machine that is busy, or stands still for a while, starting takes minutes, and state that isn't written when it is killed is lost.</summary>
    private static readonly TimeSpan StartTimeout = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan StopTimeout = TimeSpan.FromMinutes(5);

    private readonly Process _process;
    private readonly Dictionary<string, int> _listening = [];
    private readonly List<string> _lines = [];
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _started;

    private AzuriteProcess(Process process) => _process = process;

    public AzuritePorts Ports { get; private set; } = AzuritePorts.Free;

    public int ProcessId => _process.Id;

    /// <summary>Installs Azurite if need be, starts it, and returns when all three services listen.</summary>
    /// <exception cref="InvalidOperationException">Node is missing or too old, the installation failed, or Azurite ended; the message says which, and what to do.</exception>
    public static async Task<AzuriteProcess> StartAsync(AzuriteOptions options, CancellationToken cancellationToken = default)
    {
        var folder = await AzuriteInstallation.EnsureAsync(cancellationToken);
        var azurite = new AzuriteProcess(new Process { StartInfo = StartInfo(folder, options), EnableRaisingEvents = true });
        try
        {
            await azurite.RunAsync(cancellationToken);
            return azurite;
        }
        catch
        {
            await azurite.DisposeAsync();
            throw;
        }
    }

    public string ConnectionString(AzuriteAccount account) =>
        $"DefaultEndpointsProtocol=http;AccountName={account.Name};AccountKey={account.Key};"
        + $"BlobEndpoint=http://127.0.0.1:{Ports.Blob}/{account.Name};"
        + $"QueueEndpoint=http://127.0.0.1:{Ports.Queue}/{account.Name};"
        + $"TableEndpoint=http://127.0.0.1:{Ports.Table}/{account.Name};";

    /// <summary>Lets Azurite write its state and waits for its end.</summary>
    public async Task StopAsync()
    {
        _process.StandardInput.Close();
        using var timeout = new CancellationTokenSource(StopTimeout);
        try
        {
            await _process.WaitForExitAsync(timeout.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync(CancellationToken.None);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_started)
        {
            await StopAsync();
        }
        _process.Dispose();
    }

    private static ProcessStartInfo StartInfo(string folder, AzuriteOptions options)
    {
        var start = new ProcessStartInfo("node")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
        };
        string[] arguments =
        [
            Path.Combine(folder, "start.js"),
            // The storage clients are newer than the service versions that Azurite knows.
            "--skipApiVersionCheck", "--disableTelemetry", "--silent",
            "--blobPort", Text(options.Ports.Blob), "--queuePort", Text(options.Ports.Queue), "--tablePort", Text(options.Ports.Table),
            .. options.Location is { } location ? new[] { "--location", location } : ["--inMemoryPersistence"],
        ];
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }
        start.Environment["AZURITE_ACCOUNTS"] = string.Join(';', options.Accounts.Select(account => $"{account.Name}:{account.Key}"));
        return start;
    }

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        _process.OutputDataReceived += (_, line) => Read(line.Data);
        _process.ErrorDataReceived += (_, line) => Read(line.Data);
        _process.Exited += (_, _) => _ready.TrySetException(new InvalidOperationException($"Azurite ended before it listened: {Output()}"));
        _started = _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        try
        {
            await _ready.Task.WaitAsync(StartTimeout, cancellationToken);
        }
        catch (TimeoutException timeout)
        {
            throw new InvalidOperationException($"Azurite didn't listen within {StartTimeout.TotalMinutes} minutes: {Output()}", timeout);
        }
        Ports = new AzuritePorts(_listening["Blob"], _listening["Queue"], _listening["Table"]);
    }

    private void Read(string? line)
    {
        if (line is null)
        {
            return;
        }
        lock (_lines)
        {
            _lines.Add(line);
            if (ReadyLine().Match(line) is { Success: true } match)
            {
                _listening[match.Groups["service"].Value] = int.Parse(match.Groups["port"].ValueSpan, CultureInfo.InvariantCulture);
                if (_listening.Count == 3)
                {
                    _ready.TrySetResult();
                }
            }
        }
    }

    private string Output()
    {
        // The end of the output may still be on its way when the end of the process is known.
        _process.WaitForExit(TimeSpan.FromSeconds(1));
        lock (_lines)
        {
            return _lines.Count == 0 ? "it printed nothing" : string.Join(Environment.NewLine, _lines.TakeLast(10));
        }
    }

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^Azurite (?<service>Blob|Queue|Table) service is successfully listening at .*:(?<port>\d+)$")]
    private static partial Regex ReadyLine();
}
