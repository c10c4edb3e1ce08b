namespace Expansion.Engine.Operations;

/// <summary>Where the host puts messages that failed as often as they may. Each queue that failed so has one, named after it.</summary>
public interface IPoisonQueues
{
    /// <summary>Those there are, empty ones as well, in the order of their names.</summary>
    Task<IReadOnlyList<PoisonQueue>> ListAsync(CancellationToken cancellationToken);

    /// <summary>The oldest messages, which stay where they are.</summary>
    /// <param name="queue">The queue that they came from.</param>
    /// <param name="limit">1 to 32.</param>
    /// <returns>Null when nothing of that queue ever failed.</returns>
    Task<IReadOnlyList<PoisonMessage>?> ShowAsync(string queue, int limit, CancellationToken cancellationToken);

    /// <summary>Sends messages to their queue again, the oldest first. A crash in between sends one twice, which every function bears.</summary>
    /// <param name="limit">At most so many; null: those that lie there now. One that fails again meanwhile isn't taken up a second time.</param>
    /// <returns>How many were sent; null when nothing of that queue ever failed.</returns>
    Task<int?> ReplayAsync(string queue, int? limit, CancellationToken cancellationToken);
}

/// <param name="Queue">The queue that the messages came from.</param>
/// <param name="Messages">About so many.</param>
public sealed record PoisonQueue(string Queue, int Messages);

/// <param name="FailedAt">When it was given up.</param>
/// <param name="Body">As it was sent; what isn't text in Base64 stays as it is.</param>
public sealed record PoisonMessage(string Id, DateTimeOffset? FailedAt, string Body);
