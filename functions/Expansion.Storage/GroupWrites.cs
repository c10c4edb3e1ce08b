namespace Expansion.Storage;

/// <summary>
/// Has what comes while a write is under way go together in the next: many small ones at once cost as little as a large one, and one that is alone isn't held up.
/// Each caller waits for the write that its own part is in, and gets its failure.
/// </summary>
/// <param name="write">One at a time for each key.</param>
public sealed class GroupWrites<TKey, TPart>(Func<TKey, IReadOnlyList<TPart>, Task> write)
    where TKey : notnull
{
    private readonly Dictionary<TKey, Group> _open = [];

    public Task AddAsync(TKey key, TPart part, CancellationToken cancellationToken)
    {
        bool idle;
        Task written;
        lock (_open)
        {
            idle = !_open.TryGetValue(key, out var group);
            _open[key] = group ??= new();
            group.Parts.Add(part);
            written = group.Written.Task;
        }

        if (idle)
        {
            _ = WriteAsync(key);
        }

        return written.WaitAsync(cancellationToken);
    }

    private async Task WriteAsync(TKey key)
    {
        while (Take(key) is { } group)
        {
            try
            {
                await write(key, group.Parts);
                group.Written.SetResult();
            }
            catch (Exception exception)
            {
                group.Written.SetException(exception);
            }
        }
    }

    /// <summary>Those who come from now on wait for the next write.</summary>
    private Group? Take(TKey key)
    {
        lock (_open)
        {
            var group = _open[key];
            if (group.Parts.Count == 0)
            {
                _open.Remove(key);
                return null;
            }

            _open[key] = new();
            return group;
        }
    }

    private sealed class Group
    {
        public List<TPart> Parts { get; } = [];

        public TaskCompletionSource Written { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
