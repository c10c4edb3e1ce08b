namespace Expansion.Functions.Affinity;

/// <summary>Keeps what was used last. One load serves all who ask for the same at once, and goes on when one of them leaves; a load that fails is forgotten.</summary>
/// <param name="size">What a value counts for.</param>
/// <param name="capacity">How much is kept in all; the value used last always is.</param>
internal sealed class LoadCache<TKey, TValue>(Func<TKey, Task<TValue>> loadAsync, Func<TValue, long> size, long capacity)
    where TKey : IEquatable<TKey>
{
    /// <summary>Most values, however small: few enough to be searched through.</summary>
    private const int MaxValues = 64;

    private readonly Lock _gate = new();

    // Used last, first.
    private readonly List<(TKey Key, Task<TValue> Load)> _loads = [];

    public async Task<TValue> GetAsync(TKey key, CancellationToken cancellationToken)
    {
        var load = Use(key);
        try
        {
            var value = await load.WaitAsync(cancellationToken);
            Trim();
            return value;
        }
        catch when (load.IsFaulted)
        {
            lock (_gate)
            {
                _loads.RemoveAll(kept => kept.Load == load);
            }

            throw;
        }
    }

    private Task<TValue> Use(TKey key)
    {
        lock (_gate)
        {
            var index = _loads.FindIndex(kept => kept.Key.Equals(key));
            var used = index >= 0 ? _loads[index] : (key, Task.Run(() => loadAsync(key)));
            if (index >= 0)
            {
                _loads.RemoveAt(index);
            }

            _loads.Insert(0, used);
            return used.Item2;
        }
    }

    private void Trim()
    {
        lock (_gate)
        {
            var (values, sum) = (0, 0L);
            _loads.RemoveAll(kept =>
            {
                sum += kept.Load.IsCompletedSuccessfully ? size(kept.Load.Result) : 0;
                return ++values > 1 && (values > MaxValues || sum > capacity);
            });
        }
    }
}
