using System.Collections.Concurrent;

namespace Expansion.Engine.Recommendations.Serving;

/// <summary>
/// What was answered before, since people look at the same products. Two halves: when the young one is full it becomes the old one, whose answers are forgotten
/// unless they are asked for again, so that memory is bounded and what is asked for often stays. Reading locks nothing.
/// </summary>
/// <param name="capacity">Most bytes kept, by estimate.</param>
/// <param name="size">An answer's bytes, by estimate.</param>
public sealed class AnswerCache<TAnswer>(long capacity, Func<TAnswer, long> size)
    where TAnswer : class
{
    /// <summary>By rough measure, its place in the table.</summary>
    private const int PlaceBytes = 100;

    private readonly Lock _gate = new();
    private volatile ConcurrentDictionary<string, TAnswer> _young = new(StringComparer.Ordinal);
    private volatile ConcurrentDictionary<string, TAnswer> _old = new(StringComparer.Ordinal);
    private long _youngBytes;
    private long _oldBytes;

    public long Bytes => Interlocked.Read(ref _youngBytes) + Interlocked.Read(ref _oldBytes);

    public TAnswer? Find(string key)
    {
        if (!_young.TryGetValue(key, out var answer) && _old.TryGetValue(key, out answer))
        {
            Keep(key, answer);
        }

        return answer;
    }

    /// <summary>Replaces what stood there.</summary>
    public void Keep(string key, TAnswer answer)
    {
        var added = size(answer) + (2 * key.Length) + PlaceBytes;
        _young.AddOrUpdate(key, answer, (_, replaced) =>
        {
            added = size(answer) - size(replaced);
            return answer;
        });
        if (Interlocked.Add(ref _youngBytes, added) > capacity / 2)
        {
            Turn();
        }
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
