using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json.Nodes;
using Expansion.LocalHost;
using Expansion.LocalHost.Azurite;

namespace Expansion.Testing.Smtp;

/// <summary>A real SMTP server (npm's smtp-server) on this machine: user and pass sign in, what it takes can be read here.</summary>
public sealed class SmtpServer : IAsyncDisposable
{
    private readonly Process _process;

    private SmtpServer(Process process, int port) => (_process, Port) = (process, port);

    public int Port { get; }

    public ConcurrentQueue<SmtpMail> Mails { get; } = new();

    public static async Task<SmtpServer> StartAsync(CancellationToken cancellationToken)
    {
        var folder = await AzuriteInstallation.EnsureAsync(Path.Combine(RepositoryRoot.Find(), "tests", "Expansion.Testing", "Smtp"), cancellationToken);
        var process = Process.Start(new ProcessStartInfo("node", ["server.js"]) { WorkingDirectory = folder, RedirectStandardInput = true, RedirectStandardOutput = true })!;
        var first = await process.StandardOutput.ReadLineAsync(cancellationToken) ?? throw new InvalidOperationException("The mail server did not start.");
        var server = new SmtpServer(process, (int)JsonNode.Parse(first)!["port"]!);
        _ = server.ReadAsync();
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private async Task ReadAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            var mail = JsonNode.Parse(line)!;
            Mails.Enqueue(new([.. mail["to"]!.AsArray().Select(to => (string)to!)], Convert.FromBase64String((string)mail["raw"]!)));
        }
    }
}

public sealed record SmtpMail(IReadOnlyList<string> To, byte[] Raw);
