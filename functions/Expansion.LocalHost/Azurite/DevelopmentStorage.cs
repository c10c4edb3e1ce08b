using System.Data.Common;
using System.Net.Sockets;

namespace Expansion.LocalHost.Azurite;

/// <summary>Starts the storage emulator where a connection string means it and nobody has started it.</summary>
public static class DevelopmentStorage
{
    /// <summary>Where the emulator keeps what a developer has loaded.</summary>
    public static string Location => Path.Combine(RepositoryRoot.Find(), ".azurite");

    /// <summary>The emulator that was started and is the caller's to stop, or null: storage is elsewhere, or listens already.</summary>
    /// <exception cref="InvalidOperationException">Something else listens on some of the ports, or the emulator could not be started.</exception>
    public static async Task<AzuriteProcess?> EnsureAsync(string connectionString, string? location = null, CancellationToken cancellationToken = default)
    {
        if (Find(connectionString) is not var (ports, account))
        {
            return null;
        }
        var listening = await Task.WhenAll(ports.All.Select(port => ListensAsync(port, cancellationToken)));
        if (listening.All(listens => listens))
        {
            return null;
        }
        if (listening.Any(listens => listens))
        {
            var taken = string.Join(", ", ports.All.Zip(listening).Where(port => port.Second).Select(port => port.First));
            throw new InvalidOperationException($"The storage emulator needs the ports {string.Join(", ", ports.All)}, and something else listens on {taken}. Stop it, or set other ports in AzureWebJobsStorage.");
        }
        return await AzuriteProcess.StartAsync(new() { Ports = ports, Location = location ?? Location, Accounts = [account] }, cancellationToken);
    }

    /// <summary>The ports and the account of a connection string that means an emulator on this machine, otherwise null.</summary>
    internal static (AzuritePorts Ports, AzuriteAccount Account)? Find(string connectionString)
    {
        var parts = new DbConnectionStringBuilder { ConnectionString = connectionString };
        if (parts.TryGetValue("UseDevelopmentStorage", out var development) && bool.TryParse((string)development, out var isDevelopment) && isDevelopment)
        {
            return (AzuritePorts.Default, AzuriteAccount.Development);
        }
        return LoopbackPort(parts, "BlobEndpoint") is { } blob && LoopbackPort(parts, "QueueEndpoint") is { } queue && LoopbackPort(parts, "TableEndpoint") is { } table
            ? (new(blob, queue, table), new((string)parts["AccountName"], (string)parts["AccountKey"]))
            : null;
    }

    private static int? LoopbackPort(DbConnectionStringBuilder parts, string name) =>
        parts.TryGetValue(name, out var endpoint) && Uri.TryCreate((string)endpoint, UriKind.Absolute, out var uri) && uri.IsLoopback ? uri.Port : null;

    private static async Task<bool> ListensAsync(int port, CancellationToken cancellationToken)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync("127.0.0.1", port, cancellationToken);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
