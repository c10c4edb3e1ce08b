using System.Collections.Concurrent;

namespace Expansion.Engine.Recommendations.Serving;

/// <summary>
/// What a model answered before, since people look at the same products. Two halves: when the young one is full it becomes the old one, whose answers are forgotten
/// unless they are asked for again, so that memory is bounded and what is asked for often stays.
/// </summary>
/// <param name="capacity">Most bytes kept, by estimate.</param>
public sealed class RankedAnswers(long capacity)
{
    /// <summary>An answer's own, and a pick's with its reason.</summary>
    private const int AnswerBytes = 400;
    private const int PickBytes = 300;

    private readonly Lock _gate = new();
    private volatile ConcurrentDictionary<string, IReadOnlyList<Pick>> _young = new(StringComparer.Ordinal);
    private volatile ConcurrentDictionary<string, IReadOnlyList<Pick>> _old = new(StringComparer.Ordinal);
    private long _youngBytes;
    private long _oldBytes;

    public long Bytes => Interlocked.Read(ref _youngBytes) + Interlocked.Read(ref _oldBytes);

    /// <summary>Two who ask for the same at once may both compute it.</summary>
    public IReadOnlyList<Pick> GetOrAdd(string key, Func<IReadOnlyList<Pick>> compute)
    {
        if (_young.TryGetValue(key, out var known))
        {
            return known;
        }

        var answer = _old.TryGetValue(key, out var old) ? old : compute();
        var bytes = AnswerBytes + (2 * key.Length) + (answer.Count * PickBytes);
        if (_young.TryAdd(key, answer) && Interlocked.Add(ref _youngBytes, bytes) > capacity / 2)
        {
            Turn();
        }

        return answer;
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
