using Expansion.Engine;
using Expansion.Engine.Affinity;
using Expansion.Engine.Affinity.Months;
using Expansion.Engine.Orders;
using Expansion.Engine.Shops;
using Expansion.Functions.Compliance;

namespace Expansion.Functions.Affinity;

/// <summary>
/// Reads a shop's window, month by month: the digest of a month's segment as it stands now where there is one, else the segment itself, whose digest is then kept.
/// The window ends with the newest order, so that a shop that imports an old history sees something. When somebody is erased meanwhile, all is read again: digests count by customer, and one made of a
/// segment as it was before must not stay.
/// </summary>
public sealed class WindowReader(IShopStore shops, IBasketSegments segments, IMonthDigests digests, Erasures erasures, TimeProvider time)
{
    public async Task<WindowCounts> ReadAsync(ShopId id, CancellationToken cancellationToken)
    {
        while (true)
        {
            var erased = await erasures.OfAsync(id, cancellationToken);
            var window = await ReadOnceAsync(id, cancellationToken);
            if (ReferenceEquals(erased, await erasures.OfAsync(id, cancellationToken)))
            {
                return window;
            }

            await digests.SweepAsync(id, [], cancellationToken);
        }
    }

    /// <summary>The very months of a plan, as another instance digested them.</summary>
    /// <exception cref="InvalidOperationException">A digest is gone, because a later run has replaced it.</exception>
    public async Task<WindowCounts> ReadDigestsAsync(ShopId shop, IReadOnlyList<PlannedMonth> months, CancellationToken cancellationToken) =>
        new(await ReadAsync(shop, months, cancellationToken));

    private async Task<WindowCounts> ReadOnceAsync(ShopId id, CancellationToken cancellationToken)
    {
        var shop = await shops.EnsureAsync(id, cancellationToken);
        var now = YearMonth.Of(time.GetUtcNow());
        var months = (await segments.ListAsync(id, cancellationToken)).Where(segment => segment.Month.CompareTo(now) <= 0).OrderBy(segment => segment.Month).ToList();
        var from = months.Count == 0 ? now : months[^1].Month.AddMonths(1 - shop.Settings.WindowMonths);
        var window = months.Where(segment => segment.Month.CompareTo(from) >= 0).Select(segment => new PlannedMonth(segment.Month, segment.Version)).ToList();

        // What is made is read back with the rest, so that the making of many months doesn't stand in memory beside all that are made.
        var found = await FindAsync(id, window, cancellationToken);
        var missing = window.Where((_, month) => found[month] is null).ToList();
        await Parallel.ForEachAsync(missing, Parallelism(cancellationToken), async (month, stop) => await DigestAsync(id, month, stop));
        return new([.. found.OfType<MonthDigest>(), .. await ReadAsync(id, missing, cancellationToken)]);
    }

    private static ParallelOptions Parallelism(CancellationToken cancellationToken) => new() { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellationToken };

    private async Task<IReadOnlyList<MonthDigest>> ReadAsync(ShopId shop, IReadOnlyList<PlannedMonth> months, CancellationToken cancellationToken)
    {
        var found = await FindAsync(shop, months, cancellationToken);
        return [.. months.Select((month, index) => found[index]
            ?? throw new InvalidOperationException($"The digest {month.Version} of {month.Month} of {shop} is gone: a later recompute has replaced it."))];
    }

    private async Task<MonthDigest?[]> FindAsync(ShopId shop, IReadOnlyList<PlannedMonth> months, CancellationToken cancellationToken)
    {
        var found = new MonthDigest?[months.Count];
        await Parallel.ForAsync(0, months.Count, Parallelism(cancellationToken), async (index, stop) =>
            found[index] = await digests.FindAsync(shop, months[index].Month, months[index].Version, stop));
        return found;
    }

    private async Task DigestAsync(ShopId shop, PlannedMonth month, CancellationToken cancellationToken)
    {
        var builder = new MonthDigestBuilder(month.Month, month.Version);
        await foreach (var columns in segments.ReadColumnsAsync(shop, month.Month, cancellationToken))
        {
            builder.Add(columns);
        }

        await digests.SaveAsync(shop, builder.Build(cancellationToken), cancellationToken);
    }
}
