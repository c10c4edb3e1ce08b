using System.Collections.Concurrent;
using Expansion.LocalHost.Queues;
using Expansion.LocalHost.Timers;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Expansion.LocalHost;

/// <summary>Everything that starts functions by itself. Stopping takes no new work, lets what runs end, and cancels it when the patience is over.</summary>
internal sealed partial class Listeners(
    FunctionCatalog catalog, HostStorage storage, FunctionInvoker invoker, LocalHostOptions options, IOptions<QueueSettings> queues, TimeProvider time, ILoggerFactory loggers)
    : IHostedService, IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentBag<Task> _running = [];

    public Task StartAsync(CancellationToken cancellationToken)
    {
        var functions = catalog.Functions.Where(function => !function.IsDisabled).ToList();
        foreach (var function in functions.OfType<QueueFunction>())
        {
            Track(Pump(function).RunAsync(_stopping.Token));
        }
        foreach (var function in functions.OfType<TimerFunction>())
        {
            Track(Timer(function).RunAsync(_stopping.Token));
        }
        return Task.CompletedTask;
    }

    /// <summary>Has the stopping host wait for this too.</summary>
    public void Track(Task work) => _running.Add(work);

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        invoker.AbortAfter(options.Drain);
        try
        {
            await Task.WhenAll(_running).WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            LogAbandoned(loggers.CreateLogger<Listeners>());
        }
    }

    public void Dispose() => _stopping.Dispose();

    // Storage counts its own seconds, so the pump does not follow a clock that a test has set.
    private QueuePump Pump(QueueFunction function)
    {
        var logger = loggers.CreateLogger("Host.Triggers.Queues");
        var queue = storage.Queue(function);
        var run = new QueueRun(function, queue, storage.PoisonQueue(function), queues.Value, invoker, TimeProvider.System, logger);
        return new(function, queue, run, queues.Value, TimeProvider.System, logger);
    }

    private TimerLoop Timer(TimerFunction function) => new(function, storage.Hosts(), storage.HostId, invoker, time, loggers.CreateLogger("Host.Triggers.Timer"));

    [LoggerMessage(LogLevel.Warning, "Functions that don't heed their cancellation are abandoned")]
    private static partial void LogAbandoned(ILogger logger);
}
