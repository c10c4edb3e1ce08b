namespace Expansion.Storage.Tests;

public sealed class GroupWritesTests
{
    private readonly List<string> _written = [];
    private readonly Queue<TaskCompletionSource> _gates = new([new(), new(), new()]);

    [Fact]
    public async Task AddAsync_WhileOneIsWritten_GoesTogetherInTheNext()
    {
        var writes = Writes();
        var gates = _gates.ToArray();
        var first = Add(writes, "a", "1");
        var (second, third, other) = (Add(writes, "a", "2"), Add(writes, "a", "3"), Add(writes, "b", "4"));
        Assert.Equal(["a: 1", "b: 4"], _written);

        gates[0].SetResult();
        await first;
        Assert.False(second.IsCompleted);
        gates[2].SetResult();
        await Task.WhenAll(second, third);
        gates[1].SetResult();
        await other;

        Assert.Equal(["a: 1", "b: 4", "a: 2 3"], _written);
    }

    [Fact]
    public async Task AddAsync_WriteFails_IsTheFailureOfThoseInIt_AndTheNextGoesOn()
    {
        var writes = Writes();
        var gates = _gates.ToArray();
        var (first, second) = (Add(writes, "a", "1"), Add(writes, "a", "2"));

        gates[0].SetException(new InvalidOperationException("No."));
        await Assert.ThrowsAsync<InvalidOperationException>(() => first);
        gates[1].SetResult();
        await second;
        gates[2].SetResult();
        await Add(writes, "a", "3");

        Assert.Equal(["a: 1", "a: 2", "a: 3"], _written);
    }

    [Fact]
    public async Task AddAsync_CallerGivesUp_IsWrittenAllTheSame()
    {
        var writes = Writes();
        var gate = _gates.Peek();
        using var patience = new CancellationTokenSource();
        var first = writes.AddAsync("a", "1", patience.Token);

        await patience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        gate.SetResult();
        Assert.Equal(["a: 1"], _written);
    }

    private GroupWrites<string, string> Writes() => new((key, parts) =>
    {
        lock (_written)
        {
            _written.Add($"{key}: {string.Join(' ', parts)}");
            return _gates.Dequeue().Task;
        }
    });

    private static Task Add(GroupWrites<string, string> writes, string key, string part) => writes.AddAsync(key, part, TestContext.Current.CancellationToken);
}
