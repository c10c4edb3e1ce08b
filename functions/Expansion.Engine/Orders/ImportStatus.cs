namespace Expansion.Engine.Orders;

public enum ImportState
{
    Queued,
    Running,
    Done,

    /// <summary><see cref="ImportStatus.Error"/> says why.</summary>
    Failed,
}

/// <param name="Lines">How many lines have been read so far, good or bad.</param>
/// <param name="LinesPerSecond">Over the whole run so far; 0 before it started.</param>
public sealed record ImportStatus(string Id, ImportState State, DateTimeOffset QueuedAt, long Lines, long Rejected, double LinesPerSecond)
{
    public ImportReport? Report { get; init; }

    public string? Error { get; init; }
}
