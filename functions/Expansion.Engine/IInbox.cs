namespace Expansion.Engine;

/// <summary>The way from a webhook to a queue and out again. A message too large for a queue travels as a blob that it names.</summary>
public interface IInbox
{
    Task SendAsync(IReceived message, CancellationToken cancellationToken);

    /// <summary>The message itself, or what the blob it names holds.</summary>
    /// <returns>Null when that blob is gone: it is deleted when all is done, so this is a message that was dealt with and came again.</returns>
    Task<TMessage?> OpenAsync<TMessage>(TMessage message, CancellationToken cancellationToken)
        where TMessage : class, IReceived;

    /// <summary>Deletes the blob of a message that has been dealt with, if it has one.</summary>
    Task DoneAsync(IReceived message, CancellationToken cancellationToken);
}

/// <summary>Something that came from outside: a message of a queue of its own, sent by <see cref="IInbox"/>.</summary>
public interface IReceived
{
    ShopId Shop { get; }

    /// <summary>The queue that takes it.</summary>
    string Queue { get; }

    /// <summary>The blob that holds the message, in its own form, where it is over the queue's limit.</summary>
    string? Payload { get; }

    /// <summary>What is left to be queued of a message that is kept in a blob.</summary>
    IReceived KeptIn(string payload);
}
