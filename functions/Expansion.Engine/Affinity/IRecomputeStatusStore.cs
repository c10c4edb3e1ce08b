namespace Expansion.Engine.Affinity;

/// <summary>How the last recompute of a shop is going, for whoever waits for it.</summary>
public interface IRecomputeStatusStore
{
    Task<RecomputeStatus?> FindAsync(ShopId shop, CancellationToken cancellationToken);

    Task SaveAsync(ShopId shop, RecomputeStatus status, CancellationToken cancellationToken);
}

public enum RecomputeState
{
    Queued,
    Running,
    Done,
    Failed,
}

public enum RecomputeStage
{
    /// <summary>Orders that arrived singly are folded into the segments of their months.</summary>
    Folding,

    /// <summary>Segments of the window are read.</summary>
    Reading,

    /// <summary>Pairs are counted.</summary>
    Counting,

    /// <summary>The best pairs of each product are scored and written to a file.</summary>
    Scoring,

    /// <summary>The new generation's rows are written, and published.</summary>
    Writing,
}

/// <param name="Stage">What is being done, or was when it ended.</param>
public sealed record RecomputeStatus(RecomputeState State, RecomputeStage Stage, DateTimeOffset UpdatedAt)
{
    /// <summary>What was published, when it is done.</summary>
    public AffinityGeneration? Generation { get; init; }
}
