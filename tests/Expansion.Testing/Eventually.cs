namespace Expansion.Testing;

/// <summary>Waits for what another thread, or storage, is about to do.</summary>
public static class Eventually
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(20);

    public static Task TrueAsync(Func<bool> condition, string what, TimeSpan? within = null) => TrueAsync(() => Task.FromResult(condition()), what, within);

    /// <param name="what">What is waited for, for the message when it doesn't come.</param>
    /// <param name="within">By default 60 s, which only a failing test takes. Counted in looks, so that a machine that stands still doesn't use it up.</param>
    public static async Task TrueAsync(Func<Task<bool>> condition, string what, TimeSpan? within = null)
    {
        var limit = within ?? TimeSpan.FromSeconds(60);
        for (var waited = TimeSpan.Zero; !await condition(); waited += Poll)
        {
            if (waited > limit)
            {
                throw new TimeoutException($"Not within {limit.TotalSeconds} s: {what}.");
            }
            await Task.Delay(Poll);
        }
    }

    /// <summary>That something doesn't happen can only be seen by giving it time: enough for it to happen on most runs, were it wrong.</summary>
    public static async Task<bool> StaysOpenAsync(Task task) => await Task.WhenAny(task, Task.Delay(TimeSpan.FromMilliseconds(300))) != task;
}
