using System.Text;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Expansion.Engine.Operations;

namespace Expansion.Storage.Queues;

/// <summary>The queues whose names end as the host's poison queues do.</summary>
/// <param name="service">Takes and gives bodies as they are on the wire: one that can't be decoded is moved like any other.</param>
internal sealed class PoisonQueues(QueueServiceClient service) : IPoisonQueues
{
    private const string Suffix = "-poison";
    private const int LargestBatch = 32;

    /// <summary>Longer than moving a batch takes; if it is interrupted, the messages are back by then.</summary>
    private static readonly TimeSpan Hidden = TimeSpan.FromMinutes(1);

    internal static bool IsPoison(string queue) => queue.EndsWith(Suffix, StringComparison.Ordinal);

    public async Task<IReadOnlyList<PoisonQueue>> ListAsync(CancellationToken cancellationToken)
    {
        var queues = new List<PoisonQueue>();
        await foreach (var name in NamesAsync(cancellationToken))
        {
            queues.Add(new(name, await CountAsync(name, cancellationToken)));
        }

        return queues;
    }

    public async Task<IReadOnlyList<PoisonMessage>?> ShowAsync(string queue, int limit, CancellationToken cancellationToken)
    {
        if (!await NamesAsync(cancellationToken).ContainsAsync(queue, StringComparer.Ordinal, cancellationToken))
        {
            return null;
        }

        var messages = await service.GetQueueClient(queue + Suffix).PeekMessagesAsync(limit, cancellationToken);
        return [.. messages.Value.Select(message => new PoisonMessage(message.MessageId, message.InsertedOn, Decode(message.MessageText)))];
    }

    public async Task<int?> ReplayAsync(string queue, int? limit, CancellationToken cancellationToken)
    {
        if (!await NamesAsync(cancellationToken).ContainsAsync(queue, StringComparer.Ordinal, cancellationToken))
        {
            return null;
        }

        var (from, to) = (service.GetQueueClient(queue + Suffix), service.GetQueueClient(queue));
        await to.CreateIfNotExistsAsync(cancellationToken: cancellationToken);
        var (wanted, sent) = (limit ?? await CountAsync(queue, cancellationToken), 0);
        while (sent < wanted)
        {
            QueueMessage[] batch = await from.ReceiveMessagesAsync(Math.Min(wanted - sent, LargestBatch), Hidden, cancellationToken);
            if (batch.Length == 0)
            {
                break;
            }

            foreach (var message in batch)
            {
                await to.SendMessageAsync(message.MessageText, cancellationToken);
                await from.DeleteMessageAsync(message.MessageId, message.PopReceipt, cancellationToken);
            }

            sent += batch.Length;
        }

        return sent;
    }

    private IAsyncEnumerable<string> NamesAsync(CancellationToken cancellationToken) => service.GetQueuesAsync(cancellationToken: cancellationToken)
        .Where(queue => IsPoison(queue.Name))
        .Select(queue => queue.Name[..^Suffix.Length]);

    private async Task<int> CountAsync(string queue, CancellationToken cancellationToken) =>
        (await service.GetQueueClient(queue + Suffix).GetPropertiesAsync(cancellationToken)).Value.ApproximateMessagesCount;

    private static string Decode(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) ? Encoding.UTF8.GetString(bytes, 0, length) : text;
    }
}
