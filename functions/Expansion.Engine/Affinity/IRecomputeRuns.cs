namespace Expansion.Engine.Affinity;

/// <summary>The state of a recompute that several instances share: what is to be done, and what each has counted.</summary>
public interface IRecomputeRuns
{
    Task SavePlanAsync(ShopId shop, RecomputePlan plan, CancellationToken cancellationToken);

    /// <summary>Null when the run is over.</summary>
    Task<RecomputePlan?> FindPlanAsync(ShopId shop, string run, CancellationToken cancellationToken);

    /// <summary>Keeps one range's outcome. Can be repeated.</summary>
    /// <returns>How many ranges are there now.</returns>
    Task<int> SaveRangeAsync(ShopId shop, string run, int range, ReadOnlyMemory<byte> candidates, CancellationToken cancellationToken);

    Task<byte[]> ReadRangeAsync(ShopId shop, string run, int range, CancellationToken cancellationToken);

    /// <summary>Deletes the run, and every other run of the shop that began before it.</summary>
    Task EndAsync(ShopId shop, string run, CancellationToken cancellationToken);
}

/// <summary>What every instance that takes part must agree on: the very same months, and who counts which products.</summary>
/// <param name="Run">Id of the run, and of the generation it makes.</param>
public sealed record RecomputePlan(string Run, DateTimeOffset StartedAt, int MinCount, IReadOnlyList<PlannedMonth> Months, IReadOnlyList<ProductRange> Ranges);

/// <param name="Version">The version of the month's segment.</param>
public sealed record PlannedMonth(YearMonth Month, string Version);

/// <summary>The window's products from one number up to, and without, another.</summary>
public sealed record ProductRange(int From, int To);

/// <summary>One range of a recompute is to be counted.</summary>
public sealed record RangeDue(ShopId Shop, string Run, int Range)
{
    public const string Queue = "recompute-range-due";
}

/// <summary>All ranges of a recompute are counted.</summary>
public sealed record RangesCounted(ShopId Shop, string Run)
{
    public const string Queue = "recompute-ranges-counted";
}
