using System.Text.Json;
using Azure;
using Azure.Storage.Blobs;
using Expansion.Engine;
using Microsoft.Extensions.Logging;

namespace Expansion.Storage.Queues;

/// <summary>Large messages lie in the container payloads, as {shop}/{id}.json. One whose message never left, because of a crash in between, stays until the container's lifecycle rule takes it.</summary>
internal sealed partial class Inbox(IMessageQueue queue, BlobServiceClient blobs, ILogger<Inbox> logger) : IInbox
{
    private readonly LazyContainer _payloads = new(blobs, "payloads");

    public async Task SendAsync(IReceived message, CancellationToken cancellationToken)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(message, message.GetType(), ExpansionJson.Options);
        if (json.Length > MessageQueue.MaxBytes)
        {
            message = message.KeptIn($"{message.Shop}/{Guid.NewGuid():N}.json");
            await (await BlobAsync(message.Payload!, cancellationToken)).UploadAsync(new BinaryData(json), cancellationToken);
        }

        await queue.SendAsync<object>(message.Queue, message, cancellationToken);
    }

    public async Task<TMessage?> OpenAsync<TMessage>(TMessage message, CancellationToken cancellationToken)
        where TMessage : class, IReceived
    {
        if (message.Payload is null)
        {
            return message;
        }

        try
        {
            var json = await (await BlobAsync(message.Payload, cancellationToken)).DownloadContentAsync(cancellationToken);
            return json.Value.Content.ToObjectFromJson<TMessage>(ExpansionJson.Options) ?? throw new InvalidOperationException($"Payload {message.Payload} is empty.");
        }
        catch (RequestFailedException exception) when (exception.Status == 404)
        {
            LogGone(message.Payload, message.Queue);
            return null;
        }
    }

    public async Task DoneAsync(IReceived message, CancellationToken cancellationToken)
    {
        if (message.Payload is not null)
        {
            await (await BlobAsync(message.Payload, cancellationToken)).DeleteIfExistsAsync(cancellationToken: cancellationToken);
        }
    }

    private async Task<BlobClient> BlobAsync(string name, CancellationToken cancellationToken) => (await _payloads.OpenAsync(cancellationToken)).GetBlobClient(name);

    [LoggerMessage(LogLevel.Warning, "Payload {Payload} of {Queue} is gone: its message was dealt with before, and is skipped.")]
    private partial void LogGone(string payload, string queue);
}
