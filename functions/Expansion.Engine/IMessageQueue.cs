namespace Expansion.Engine;

/// <summary>Sends work to a queue function. The message is JSON and at most 48 KiB of it.</summary>
public interface IMessageQueue
{
    /// <exception cref="ArgumentException">The message is over the limit: send a reference instead.</exception>
    Task SendAsync<TMessage>(string queue, TMessage message, CancellationToken cancellationToken);

    /// <param name="delay">How long nobody sees it: seven days at most.</param>
    /// <exception cref="ArgumentException">The message is over the limit: send a reference instead.</exception>
    Task SendAsync<TMessage>(string queue, TMessage message, TimeSpan delay, CancellationToken cancellationToken);
}
