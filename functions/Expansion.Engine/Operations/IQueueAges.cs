namespace Expansion.Engine.Operations;

/// <summary>How far behind the queues are.</summary>
public interface IQueueAges
{
    /// <summary>The oldest message of each queue that may be taken now, poison queues left out: who waits there waits for a person.</summary>
    Task<IReadOnlyList<QueueAge>> OldestAsync(CancellationToken cancellationToken);
}

/// <param name="SentAt">A message that was sent for later waits from then on, too.</param>
public sealed record QueueAge(string Queue, DateTimeOffset SentAt);
