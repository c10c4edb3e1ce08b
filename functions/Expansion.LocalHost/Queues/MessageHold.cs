using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Microsoft.Extensions.Logging;

namespace Expansion.LocalHost.Queues;

/// <summary>Keeps a message hidden from others while it runs, however long that is: renews at half time, and sooner again after an error.</summary>
internal sealed partial class MessageHold : IAsyncDisposable
{
    /// <summary>How long a received message is hidden, and for how long each renewal hides it again.</summary>
    public static readonly TimeSpan Invisibility = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(30);

    private readonly QueueClient _queue;
    private readonly string _id;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _done = new();
    private readonly Task _renewing;

    public MessageHold(QueueClient queue, QueueMessage message, TimeProvider time, ILogger logger)
    {
        (_queue, _id, _logger, PopReceipt) = (queue, message.MessageId, logger, message.PopReceipt);
        _renewing = RenewAsync(time);
    }

    /// <summary>What the next change of the message has to name. Final once the hold is disposed.</summary>
    public string PopReceipt { get; private set; }

    public async ValueTask DisposeAsync()
    {
        await _done.CancelAsync();
        await _renewing;
        _done.Dispose();
    }

    private async Task RenewAsync(TimeProvider time)
    {
        var delay = Invisibility / 2;
        while (await WaitAsync(delay, time))
        {
            try
            {
                // Not cancelled half-way: the receipt that comes back is the only one that counts.
                PopReceipt = (await _queue.UpdateMessageAsync(_id, PopReceipt, visibilityTimeout: Invisibility, cancellationToken: CancellationToken.None)).Value.PopReceipt;
                delay = Invisibility / 2;
            }
            catch (RequestFailedException gone) when (gone.Status is 400 or 404)
            {
                LogLost(_logger, _id);
                return;
            }
            catch (Exception exception)
            {
                LogNotRenewed(_logger, _id, exception);
                delay = RetryAfter;
            }
        }
    }

    private async Task<bool> WaitAsync(TimeSpan delay, TimeProvider time)
    {
        try
        {
            await Task.Delay(delay, time, _done.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    [LoggerMessage(LogLevel.Warning, "Message {MessageId} is no longer held: it has become visible again while it ran")]
    private static partial void LogLost(ILogger logger, string messageId);

    [LoggerMessage(LogLevel.Warning, "Message {MessageId} could not be held any longer, trying again")]
    private static partial void LogNotRenewed(ILogger logger, string messageId, Exception exception);
}
