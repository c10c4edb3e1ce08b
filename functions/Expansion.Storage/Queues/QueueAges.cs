using Azure.Storage.Queues;
using Expansion.Engine.Operations;

namespace Expansion.Storage.Queues;

/// <summary>Peeks at the head of every queue: two calls and one a queue.</summary>
internal sealed class QueueAges(QueueServiceClient service) : IQueueAges
{
    public async Task<IReadOnlyList<QueueAge>> OldestAsync(CancellationToken cancellationToken)
    {
        var ages = new List<QueueAge>();
        await foreach (var queue in service.GetQueuesAsync(cancellationToken: cancellationToken))
        {
            if (!PoisonQueues.IsPoison(queue.Name)
                && (await service.GetQueueClient(queue.Name).PeekMessagesAsync(1, cancellationToken)).Value is [{ InsertedOn: { } sentAt }])
            {
                ages.Add(new(queue.Name, sentAt));
            }
        }

        return ages;
    }
}
