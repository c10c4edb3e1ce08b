namespace Expansion.Engine.Affinity.Months;

/// <summary>Digests that were made, by month and version of the segment they were made from.</summary>
public interface IMonthDigests
{
    /// <summary>Null when there is none of that version, or it has a form that is no longer read.</summary>
    Task<MonthDigest?> FindAsync(ShopId shop, YearMonth month, string version, CancellationToken cancellationToken);

    Task SaveAsync(ShopId shop, MonthDigest digest, CancellationToken cancellationToken);

    /// <summary>Deletes the digests of all other months and versions.</summary>
    Task SweepAsync(ShopId shop, IReadOnlyCollection<PlannedMonth> keep, CancellationToken cancellationToken);
}
