using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Expansion.Storage.Queues;
using Microsoft.Extensions.Logging;

namespace Expansion.LocalHost.Queues;

/// <summary>
/// Runs one message and settles it. Done: deleted. Failed: visible again after the visibility timeout, and after the last of its runs moved to the
/// poison queue. What can't be decoded, or has had its runs, is moved without one.
/// </summary>
internal sealed partial class QueueRun(
    QueueFunction function, QueueClient queue, QueueClient? poison, QueueSettings settings, FunctionInvoker invoker, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan LastRetry = TimeSpan.FromSeconds(10);

    /// <summary>Never throws: whatever goes wrong, the message comes back by itself.</summary>
    public async Task RunAsync(QueueMessage message)
    {
        if (message.DequeueCount > settings.MaxDequeueCount || !QueueBody.TryDecode(message, settings.MessageEncoding, out var decoded))
        {
            await PoisonAsync(message, message.PopReceipt);
            return;
        }
        var hold = new MessageHold(queue, message, time, logger);
        bool succeeded;
        await using (hold)
        {
            succeeded = await TryInvokeAsync(decoded);
        }
        if (succeeded)
        {
            await SettleAsync(message, token => queue.DeleteMessageAsync(message.MessageId, hold.PopReceipt, token));
        }
        else if (message.DequeueCount < settings.MaxDequeueCount)
        {
            await SettleAsync(message, token => queue.UpdateMessageAsync(message.MessageId, hold.PopReceipt, visibilityTimeout: settings.VisibilityTimeout, cancellationToken: token));
        }
        else
        {
            await PoisonAsync(message, hold.PopReceipt);
        }
    }

    private async Task<bool> TryInvokeAsync(QueueMessage decoded)
    {
        try
        {
            await invoker.InvokeAsync(function, parameter => QueueBody.Bind(function, parameter, decoded), CancellationToken.None, MessageTrace.ParentOf(decoded.Body));
            return true;
        }
        catch (Exception)
        {
            // The invoker has logged it.
            return false;
        }
    }

    private async Task PoisonAsync(QueueMessage message, string popReceipt)
    {
        if (poison is null)
        {
            LogNoPoisonQueue(function.Name, message.MessageId, function.Queue);
            return;
        }
        LogPoisoned(function.Name, message.MessageId, message.DequeueCount, poison.Name);
        await SettleAsync(message, async token =>
        {
            await poison.CreateIfNotExistsAsync(cancellationToken: token);
            await poison.SendMessageAsync(message.MessageText, token);
        });
        await SettleAsync(message, token => queue.DeleteMessageAsync(message.MessageId, popReceipt, token));
    }

    // Storage that is away for a while must not cost a second run, or ten minutes of waiting for the first retry.
    private async Task SettleAsync(QueueMessage message, Func<CancellationToken, Task> settle)
    {
        var start = time.GetTimestamp();
        for (var delay = FirstRetry; ; delay = delay * 2 < LastRetry ? delay * 2 : LastRetry)
        {
            try
            {
                await settle(invoker.Aborted);
                return;
            }
            catch (RequestFailedException gone) when (gone.Status is 400 or 404)
            {
                LogGone(function.Name, message.MessageId, gone.ErrorCode);
                return;
            }
            catch (Exception exception) when (invoker.Aborted.IsCancellationRequested || time.GetElapsedTime(start) > MessageHold.Invisibility / 2)
            {
                LogNotSettled(function.Name, message.MessageId, exception);
                return;
            }
            catch (Exception exception)
            {
                LogRetry(function.Name, message.MessageId, delay.TotalSeconds, exception.Message);
            }
            await Task.Delay(delay, time, CancellationToken.None);
        }
    }

    [LoggerMessage(LogLevel.Warning, "{Function}: message {MessageId} has been received {DequeueCount} times and is moved to {PoisonQueue}")]
    private partial void LogPoisoned(string function, string messageId, long dequeueCount, string poisonQueue);

    [LoggerMessage(LogLevel.Error, "{Function}: message {MessageId} failed and {Queue} has no poison queue: it comes back, for ever")]
    private partial void LogNoPoisonQueue(string function, string messageId, string queue);

    [LoggerMessage(LogLevel.Warning, "{Function}: message {MessageId} is no longer ours: {ErrorCode}")]
    private partial void LogGone(string function, string messageId, string? errorCode);

    [LoggerMessage(LogLevel.Warning, "{Function}: message {MessageId} could not be settled, trying again in {Seconds} s: {Reason}")]
    private partial void LogRetry(string function, string messageId, double seconds, string reason);

    [LoggerMessage(LogLevel.Error, "{Function}: message {MessageId} could not be settled and will be run again")]
    private partial void LogNotSettled(string function, string messageId, Exception exception);
}
