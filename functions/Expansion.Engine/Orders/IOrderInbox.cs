namespace Expansion.Engine.Orders;

/// <summary>The way from a webhook to the queue and out again. A message too large for a queue travels as a blob that it names.</summary>
public interface IOrderInbox
{
    Task SendAsync(OrderReceived message, CancellationToken cancellationToken);

    /// <summary>The message itself, or what the blob it names holds.</summary>
    Task<OrderReceived> OpenAsync(OrderReceived message, CancellationToken cancellationToken);

    /// <summary>Deletes the blob of a message that has been dealt with, if it has one.</summary>
    Task DoneAsync(OrderReceived message, CancellationToken cancellationToken);
}
