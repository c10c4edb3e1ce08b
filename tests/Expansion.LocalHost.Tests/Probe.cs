using System.Collections.Concurrent;

namespace Expansion.LocalHost.Tests;

/// <summary>What sample functions did, and what holds them up.</summary>
public sealed class Probe
{
    private int _now;

    public ConcurrentQueue<string> Seen { get; } = new();

    public ConcurrentQueue<DateTimeOffset> Times { get; } = new();

    public TaskCompletionSource Gate { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Functions that wait at the gate, and the most that ever did at once.</summary>
    public int Now => _now;

    public int Most { get; private set; }

    public async Task PassAsync(CancellationToken cancellationToken)
    {
        lock (Seen)
        {
            Most = Math.Max(Most, ++_now);
        }
        try
        {
            await Gate.Task.WaitAsync(cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref _now);
        }
    }
}
