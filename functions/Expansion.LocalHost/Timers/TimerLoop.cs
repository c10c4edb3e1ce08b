using Azure.Storage.Blobs;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace Expansion.LocalHost.Timers;

/// <summary>
/// Runs one timer function by its schedule, on one host at a time and never twice at once. Occurrences that pass during a run are made up for by one
/// run; those that passed while no host ran by one that is past due.
/// </summary>
internal sealed partial class TimerLoop(TimerFunction function, BlobContainerClient hosts, string hostId, FunctionInvoker invoker, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(2);

    /// <summary>The longest wait that the system's timers take is some 49 days.</summary>
    private static readonly TimeSpan LongestDelay = TimeSpan.FromDays(1);

    private readonly TimerSchedule _schedule = TimerSchedule.Parse(function.Name, function.Schedule);
    private readonly TimerStatusBlob _blob = new(hosts, hostId, function.Name);

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    /// <summary>Ends when it is stopped and a run that was under way has ended.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await using var hostLock = await BlobLock.AcquireAsync(hosts, $"locks/{hostId}/Host.Functions.{function.Name}.Listener", stopping);
                using var ending = CancellationTokenSource.CreateLinkedTokenSource(stopping, hostLock.Lost);
                await FollowScheduleAsync(ending.Token);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (OperationCanceledException)
            {
                LogLockLost(function.Name);
            }
            catch (Exception exception)
            {
                LogNoAnswer(function.Name, exception.Message);
                // Storage is away in real time, whatever clock the timers follow.
                await Task.Delay(RetryAfter, CancellationToken.None);
            }
        }
    }

    private async Task FollowScheduleAsync(CancellationToken ending)
    {
        var isMonitored = function.UseMonitor && _schedule.IsMonitored(Now);
        var status = isMonitored ? await _blob.ReadAsync(ending) : null;
        var isKnown = status is not null && status.Next == NextAfter(status);
        if (!isKnown)
        {
            // Never seen, or by another schedule: nothing of this one can have been missed.
            status = new() { Last = status?.Last ?? default, Next = _schedule.Next(Now), LastUpdated = Now };
            await SaveAsync(status, isMonitored, ending);
        }
        var isPastDue = isKnown && Now > status!.Next;
        if (isPastDue || function.RunOnStartup)
        {
            LogAtOnce(function.Name, isPastDue, status!.Next);
            status = await RunOnceAsync(status, Now, isPastDue, isMonitored, ending);
        }
        while (true)
        {
            await DelayUntilAsync(status!.Next, ending);
            // A clock that is a little early must not make the next occurrence this one again.
            var due = Now > status.Next ? Now : status.Next;
            status = await RunOnceAsync(status, due, isPastDue: false, isMonitored, ending);
        }
    }

    private DateTime NextAfter(ScheduleStatus status) => _schedule.Next(status.Last == default ? status.LastUpdated : status.Last);

    private async Task<ScheduleStatus> RunOnceAsync(ScheduleStatus status, DateTime due, bool isPastDue, bool isMonitored, CancellationToken ending)
    {
        var timer = new TimerInfo { ScheduleStatus = isMonitored ? status : null, IsPastDue = isPastDue };
        try
        {
            await invoker.InvokeAsync(function, parameter => parameter == function.Parameter ? timer : null, CancellationToken.None);
        }
        catch (Exception)
        {
            // The invoker has logged it, and the schedule goes on.
        }
        var next = new ScheduleStatus { Last = due, Next = _schedule.Next(due), LastUpdated = due };
        await SaveAsync(next, isMonitored, CancellationToken.None);
        ending.ThrowIfCancellationRequested();
        return next;
    }

    private async Task SaveAsync(ScheduleStatus status, bool isMonitored, CancellationToken cancellationToken)
    {
        if (!isMonitored)
        {
            return;
        }
        try
        {
            await _blob.WriteAsync(status, cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // The schedule goes on in memory; a restart before the next run would repeat this one as past due.
            LogNoAnswer(function.Name, exception.Message);
        }
    }

    private async Task DelayUntilAsync(DateTime moment, CancellationToken cancellationToken)
    {
        for (var left = moment - Now; left > TimeSpan.Zero; left = moment - Now)
        {
            await Task.Delay(left < LongestDelay ? left : LongestDelay, time, cancellationToken);
        }
    }

    [LoggerMessage(LogLevel.Information, "{Function} runs at the start (past due: {IsPastDue}, it was due at {Due:u})")]
    private partial void LogAtOnce(string function, bool isPastDue, DateTime due);

    [LoggerMessage(LogLevel.Warning, "{Function}: another host may have taken the timer over")]
    private partial void LogLockLost(string function);

    [LoggerMessage(LogLevel.Warning, "{Function}: storage doesn't answer: {Reason}")]
    private partial void LogNoAnswer(string function, string reason);
}
