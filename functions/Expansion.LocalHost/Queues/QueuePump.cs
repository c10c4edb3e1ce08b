using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Microsoft.Extensions.Logging;

namespace Expansion.LocalHost.Queues;

/// <summary>
/// Receives the messages of one function, batch by batch, and has them run: the next batch when no more than the threshold still run.
/// An empty or missing queue and storage that is away are asked less and less often.
/// </summary>
internal sealed partial class QueuePump(QueueFunction function, QueueClient queue, QueueRun run, QueueSettings settings, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(100);

    /// <summary>Ends when it is stopped and the last message that was received has been settled.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        var running = new List<Task>();
        var delay = FirstDelay;
        var exists = false;
        while (!stopping.IsCancellationRequested)
        {
            exists = exists || await TryCreateAsync();
            var messages = await ReceiveAsync();
            // On a thread of the pool: a function that doesn't await must not hold up the others.
            running.AddRange(messages.Select(message => Task.Run(() => run.RunAsync(message), CancellationToken.None)));
            if (messages.Length > 0)
            {
                delay = FirstDelay;
            }
            else
            {
                await DelayAsync(Jitter(delay), stopping);
                delay = delay * 2 < settings.MaxPollingInterval ? delay * 2 : settings.MaxPollingInterval;
            }
            running.RemoveAll(task => task.IsCompleted);
            while (running.Count > settings.Threshold)
            {
                running.Remove(await Task.WhenAny(running));
            }
        }
        await Task.WhenAll(running);
    }

    private async Task<bool> TryCreateAsync()
    {
        try
        {
            await queue.CreateIfNotExistsAsync(cancellationToken: CancellationToken.None);
            return true;
        }
        catch (Exception exception)
        {
            LogNoAnswer(function.Name, queue.Name, exception.Message);
            return false;
        }
    }

    private async Task<QueueMessage[]> ReceiveAsync()
    {
        try
        {
            // Not cancelled half-way: messages whose answer nobody reads stay hidden for ten minutes.
            return await queue.ReceiveMessagesAsync(settings.BatchSize, MessageHold.Invisibility, CancellationToken.None);
        }
        catch (RequestFailedException missing) when (missing.Status == 404)
        {
            return [];
        }
        catch (Exception exception)
        {
            LogNoAnswer(function.Name, queue.Name, exception.Message);
            return [];
        }
    }

    private async Task DelayAsync(TimeSpan delay, CancellationToken stopping)
    {
        try
        {
            await Task.Delay(delay, time, stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The loop sees it.
        }
    }

    // Pumps that were started together shall not ask together.
    private static TimeSpan Jitter(TimeSpan delay) => delay * (0.8 + (0.2 * Random.Shared.NextDouble()));

    [LoggerMessage(LogLevel.Warning, "{Function}: queue {Queue} doesn't answer, trying again: {Reason}")]
    private partial void LogNoAnswer(string function, string queue, string reason);
}
