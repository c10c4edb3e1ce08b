using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using Azure.Storage.Queues;
using Expansion.Engine;

namespace Expansion.Storage.Queues;

/// <summary>Queues are created on first use, once a process.</summary>
internal sealed class MessageQueue(QueueServiceClient service) : IMessageQueue
{
    /// <summary>48 KiB of JSON are the 64 KiB of Base64 that a queue takes.</summary>
    public const int MaxBytes = (48 * 1024) - MessageTrace.Bytes;

    private readonly ConcurrentDictionary<string, QueueClient> _queues = new(StringComparer.Ordinal);

    public Task SendAsync<TMessage>(string queue, TMessage message, CancellationToken cancellationToken) => SendAsync(queue, message, TimeSpan.Zero, cancellationToken);

    public async Task SendAsync<TMessage>(string queue, TMessage message, TimeSpan delay, CancellationToken cancellationToken)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(message, ExpansionJson.Options);
        if (json.Length > MaxBytes)
        {
            throw new ArgumentException($"A message for {queue} is {json.Length} bytes long, {MaxBytes} are allowed: send a reference instead.", nameof(message));
        }

        using var span = MessageTrace.Source.StartActivity($"send {queue}", ActivityKind.Producer);
        await (await OpenAsync(queue, cancellationToken)).SendMessageAsync(new BinaryData(MessageTrace.Stamp(json)), visibilityTimeout: delay, cancellationToken: cancellationToken);
    }

    private async ValueTask<QueueClient> OpenAsync(string name, CancellationToken cancellationToken)
    {
        if (_queues.TryGetValue(name, out var known))
        {
            return known;
        }

        var queue = service.GetQueueClient(name);
        await queue.CreateIfNotExistsAsync(cancellationToken: cancellationToken);
        return _queues[name] = queue;
    }
}
