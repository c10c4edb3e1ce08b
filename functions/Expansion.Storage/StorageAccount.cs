using Azure.Core;
using Azure.Data.Tables;
using Azure.Identity;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Microsoft.Extensions.Configuration;

namespace Expansion.Storage;

/// <summary>
/// The storage account, found as the Functions host finds it: AzureWebJobsStorage is a connection string, or a section that names the account
/// (accountName, or blobServiceUri, queueServiceUri and tableServiceUri) and whose identity opens it (credential: managedidentity, clientId; without
/// credential, whoever is signed in). The plain value wins. With neither, the emulator on its usual ports.
/// </summary>
internal sealed class StorageAccount(IConfiguration configuration)
{
    private const string Setting = "AzureWebJobsStorage";
    private const string Emulator = "UseDevelopmentStorage=true";

    private string? ConnectionString => NotEmpty(configuration[Setting]) ?? NotEmpty(configuration.GetConnectionString(Setting)) ?? (Section.GetChildren().Any() ? null : Emulator);

    private IConfigurationSection Section => configuration.GetSection(Setting);

    public TableServiceClient Tables() => ConnectionString is { } text ? new(text) : new(Address("table"), Credential());

    public BlobServiceClient Blobs() => ConnectionString is { } text ? new(text) : new(Address("blob"), Credential());

    /// <summary>Base64, because that is what a queue function expects unless host.json says otherwise.</summary>
    public QueueServiceClient Queues(QueueMessageEncoding encoding = QueueMessageEncoding.Base64)
    {
        var options = new QueueClientOptions { MessageEncoding = encoding };
        return ConnectionString is { } text ? new(text, options) : new(Address("queue"), Credential(), options);
    }

    internal Uri Address(string service)
    {
        var address = NotEmpty(Section[$"{service}ServiceUri"]) ?? (NotEmpty(Section["accountName"]) is { } name ? $"https://{name}.{service}.core.windows.net" : null);
        return Uri.TryCreate(address, UriKind.Absolute, out var uri)
            ? uri
            : throw new InvalidOperationException($"Set {Setting} to a connection string, or {Setting}__accountName or {Setting}__{service}ServiceUri to the account's name or its {service} service's address.");
    }

    internal TokenCredential Credential()
    {
        var clientId = NotEmpty(Section["clientId"]);
        return NotEmpty(Section["credential"]) switch
        {
            null => new DefaultAzureCredential(new DefaultAzureCredentialOptions { ManagedIdentityClientId = clientId }),
            var kind when kind.Equals("managedidentity", StringComparison.OrdinalIgnoreCase) =>
                new ManagedIdentityCredential(clientId is null ? ManagedIdentityId.SystemAssigned : ManagedIdentityId.FromUserAssignedClientId(clientId)),
            var kind => throw new InvalidOperationException($"{Setting}__credential is '{kind}'; the one that can be named is 'managedidentity'."),
        };
    }

    private static string? NotEmpty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
