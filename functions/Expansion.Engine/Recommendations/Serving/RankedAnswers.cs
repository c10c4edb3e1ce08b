using System.Collections.Concurrent;

namespace Expansion.Engine.Recommendations.Serving;

/// <summary>
/// What a model answered before, since people look at the same products. Two halves: when the young one is full it becomes the old one, whose answers are forgotten
/// unless they are asked for again, so that memory is bounded and what is asked for often stays.
/// </summary>
/// <param name="capacity">Most bytes kept, by estimate.</param>
public sealed class RankedAnswers(long capacity)
{
    private readonly Lock _gate = new();
    private volatile ConcurrentDictionary<string, RankedAnswer> _young = new(StringComparer.Ordinal);
    private volatile ConcurrentDictionary<string, RankedAnswer> _old = new(StringComparer.Ordinal);
    private long _youngBytes;
    private long _oldBytes;

    public long Bytes => Interlocked.Read(ref _youngBytes) + Interlocked.Read(ref _oldBytes);

    /// <summary>Two who ask for the same at once may both compute it.</summary>
    public IEnumerable<Pick> GetOrAdd(string key, Func<IReadOnlyList<RankedPick>> compute)
    {
        if (!_young.TryGetValue(key, out var answer))
        {
            answer = _old.TryGetValue(key, out var old) ? old : new(compute());
            if (_young.TryAdd(key, answer) && Interlocked.Add(ref _youngBytes, answer.Bytes + (2 * key.Length)) > capacity / 2)
            {
                Turn();
            }
        }

        return answer.Picks();
    }

    private void Turn()
    {
        lock (_gate)
        {
            if (Interlocked.Read(ref _youngBytes) > capacity / 2)
            {
                (_old, _oldBytes) = (_young, _youngBytes);
                (_young, _youngBytes) = (new(StringComparer.Ordinal), 0);
            }
        }
    }
}
