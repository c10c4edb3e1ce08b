using System.Collections.Concurrent;
using Azure;
using Expansion.Engine.Affinity;
using Expansion.Engine.Operations;
using Expansion.Engine.Shops;

namespace Expansion.Functions.Operations;

/// <summary>Looks at what the app depends on: storage, the night's work, and messages that nobody could take.</summary>
public sealed class AppHealth(IShopStore shops, IAffinityStore affinities, IPoisonQueues poison, TimeProvider time) : IDisposable
{
    /// <summary>A day, and half a day for a night's recompute that came late.</summary>
    private static readonly TimeSpan Stale = TimeSpan.FromHours(36);

    /// <summary>Who asks for health wants to know soon, also that storage is away.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private const int ParallelReads = 8;

    private readonly SemaphoreSlim _one = new(1, 1);
    private (DateTimeOffset At, HealthReport Report)? _last;

    /// <summary>A report no older than <paramref name="age"/>, so that asking often costs little.</summary>
    public async Task<HealthReport> RecentAsync(TimeSpan age, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            if (_last is not { } last || time.GetUtcNow() - last.At > age)
            {
                _last = last = (time.GetUtcNow(), await ExamineAsync(cancellationToken));
            }

            return last.Report;
        }
        finally
        {
            _one.Release();
        }
    }

    public async Task<HealthReport> ExamineAsync(CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            var known = await shops.ListAsync(patience.Token).ToListAsync(patience.Token);
            var queues = await poison.ListAsync(patience.Token);
            var ages = new ConcurrentDictionary<Shop, TimeSpan?>();
            await Parallel.ForEachAsync(known, new ParallelOptions { MaxDegreeOfParallelism = ParallelReads, CancellationToken = patience.Token }, async (shop, stop) =>
                ages[shop] = await affinities.CurrentAsync(shop.Id, stop) is { } generation ? time.GetUtcNow() - generation.StartedAt : null);
            return new(
                [
                    new("storage", HealthState.Ready, $"Storage answers; it knows {known.Count} shops."),
                    .. known.Select(shop => Affinity(shop, ages[shop])),
                    .. queues.Where(queue => queue.Messages > 0).Select(Poison),
                ],
                queues,
                ages.Values.Max());
        }
        catch (Exception exception) when (exception is RequestFailedException or AggregateException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            var reason = exception is OperationCanceledException ? $"nothing within {Patience.TotalSeconds:0} s." : exception.Message.Split('\n')[0].Trim();
            return new([new("storage", HealthState.Broken, $"Storage does not answer: {reason} Check the setting AzureWebJobsStorage.")], [], null);
        }
    }

    public void Dispose() => _one.Dispose();

    private static HealthFinding Affinity(Shop shop, TimeSpan? age) => age switch
    {
        // A shop that has just come has nothing that could be old.
        null => new("affinity", HealthState.Ready, $"{shop.Id} has no affinities yet: run `recompute --shop {shop.Id}`, or wait for the night."),
        var old when old > Stale => new(
            "affinity", HealthState.Stale,
            $"The affinities of {shop.Id} are {old.Value.TotalHours:0} hours old: has the nightly recompute failed? Its status is at /api/shops/{shop.Id}/recompute."),
        _ => new("affinity", HealthState.Ready, $"The affinities of {shop.Id} are {age.Value.TotalHours:0} hours old."),
    };

    private static HealthFinding Poison(PoisonQueue queue) => new(
        "poison", HealthState.Stale, $"{queue.Messages} messages of {queue.Queue} failed for good: look with `poison show {queue.Queue}`, mend the cause, then `poison replay {queue.Queue}`.");
}
