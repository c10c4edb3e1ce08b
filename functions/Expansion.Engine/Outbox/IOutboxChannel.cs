namespace Expansion.Engine.Outbox;

/// <summary>Carries items to one kind of other system.</summary>
public interface IOutboxChannel
{
    /// <summary>The first part of the channels' names.</summary>
    string Carrier { get; }

    /// <summary>Whether the other side takes the same item twice for one. Where it doesn't, a try whose end nobody knows is left to a person.</summary>
    bool IsRepeatable { get; }

    /// <summary>The waits between tries.</summary>
    IReadOnlyList<TimeSpan> Retries { get; }

    Task<DeliveryResult> DeliverAsync(OutboxItem item, CancellationToken cancellationToken);

    /// <summary>The item was given up.</summary>
    Task GivenUpAsync(OutboxItem item, CancellationToken cancellationToken) => Task.CompletedTask;
}
