using Expansion.Engine;
using Expansion.Engine.Affinity;
using Expansion.Engine.Affinity.Months;
using Expansion.Engine.Orders;
using Expansion.Engine.Shops;

namespace Expansion.Functions.Affinity;

/// <summary>
/// Reads a shop's window, month by month: the digest of a month's segment as it stands now where there is one, else the segment itself, whose digest is then kept.
/// The window ends with the newest order, so that a shop that imports an old history sees something.
/// </summary>
public sealed class WindowReader(IShopStore shops, IBasketSegments segments, IMonthDigests digests, TimeProvider time)
{
    private static readonly int Parallelism = Environment.ProcessorCount;

    public async Task<WindowCounts> ReadAsync(ShopId id, CancellationToken cancellationToken)
    {
        var shop = await shops.EnsureAsync(id, cancellationToken);
        var now = YearMonth.Of(time.GetUtcNow());
        var months = (await segments.ListAsync(id, cancellationToken)).Where(segment => segment.Month.CompareTo(now) <= 0).OrderBy(segment => segment.Month).ToList();
        var from = months.Count == 0 ? now : months[^1].Month.AddMonths(1 - shop.Settings.WindowMonths);
        return await ReadAsync(
            [.. months.Where(segment => segment.Month.CompareTo(from) >= 0)],
            async (segment, stop) => await digests.FindAsync(id, segment.Month, segment.Version, stop) ?? await DigestAsync(id, segment, stop),
            cancellationToken);
    }

    /// <summary>The very months of a plan, as another instance digested them.</summary>
    /// <exception cref="InvalidOperationException">A digest is gone, because a later run has replaced it.</exception>
    public Task<WindowCounts> ReadDigestsAsync(ShopId shop, IReadOnlyList<PlannedMonth> months, CancellationToken cancellationToken) => ReadAsync(
        months,
        async (month, stop) => await digests.FindAsync(shop, month.Month, month.Version, stop)
            ?? throw new InvalidOperationException($"The digest {month.Version} of {month.Month} of {shop} is gone: a later recompute has replaced it."),
        cancellationToken);

    private static async Task<WindowCounts> ReadAsync<TMonth>(
        IReadOnlyList<TMonth> months, Func<TMonth, CancellationToken, Task<MonthDigest>> readAsync, CancellationToken cancellationToken)
    {
        var read = new MonthDigest[months.Count];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, months.Count, parallel, async (index, stop) => read[index] = await readAsync(months[index], stop));
        return new(read);
    }

    private async Task<MonthDigest> DigestAsync(ShopId shop, SegmentInfo segment, CancellationToken cancellationToken)
    {
        var builder = new MonthDigestBuilder(segment.Month, segment.Version);
        await foreach (var columns in segments.ReadColumnsAsync(shop, segment.Month, cancellationToken))
        {
            builder.Add(columns);
        }

        var digest = builder.Build(cancellationToken);
        await digests.SaveAsync(shop, digest, cancellationToken);
        return digest;
    }
}
