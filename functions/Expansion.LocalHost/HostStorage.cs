using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Microsoft.Extensions.Configuration;

namespace Expansion.LocalHost;

/// <summary>The host's own clients. Queue messages stay as they are on the wire: the pump decodes them, because it must also move those that it can't.</summary>
internal sealed class HostStorage(IConfiguration configuration)
{
    public QueueClient Queue(QueueFunction function) => new(ConnectionString(function.Connection), function.Queue);

    /// <summary>Null where the Functions host has none: on a poison queue, and where the name leaves no room for the suffix.</summary>
    public QueueClient? PoisonQueue(QueueFunction function)
    {
        const string Suffix = "-poison";
        const int LongestName = 63;
        return function.Queue.EndsWith(Suffix, StringComparison.Ordinal) || function.Queue.Length + Suffix.Length > LongestName
            ? null
            : new(ConnectionString(function.Connection), function.Queue + Suffix);
    }

    /// <summary>Where the Functions host keeps its locks and the timers' last runs.</summary>
    public BlobContainerClient Hosts() => new(ConnectionString("AzureWebJobsStorage"), "azure-webjobs-hosts");

    /// <summary>Hosts of one id run each timer once between them. By default this machine's name, like the Functions host's on a developer's machine.</summary>
    public string HostId =>
        configuration["AzureFunctionsWebHost:hostid"] ?? "expansion-" + string.Concat(Environment.MachineName.ToLowerInvariant().Where(char.IsAsciiLetterOrDigit).Take(20));

    private string ConnectionString(string setting) =>
        configuration[setting] ?? configuration.GetConnectionString(setting) ?? (setting == "AzureWebJobsStorage"
            ? "UseDevelopmentStorage=true"
            : throw new InvalidOperationException($"The setting {setting} is missing. The development host needs a connection string there."));
}
