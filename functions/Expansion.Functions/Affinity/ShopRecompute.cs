using System.Globalization;
using Expansion.Engine;
using Expansion.Engine.Affinity;
using Expansion.Engine.Affinity.Months;
using Expansion.Engine.Affinity.Pairs;
using Expansion.Engine.Orders;
using Expansion.Engine.Shops;
using Expansion.Functions.Orders;
using Microsoft.Extensions.Options;

namespace Expansion.Functions.Affinity;

/// <summary>
/// Learns one shop's affinities anew. It may stop at any await: nothing is seen before the pointer moves, and a rerun writes a generation of its own.
/// <code>
/// changed months ─► fold into segments ─► digests of the window ─┬─► small: count ───────────────────────────────┬─► score, write, publish, sweep
///                                                                └─► large: plan ─► one message a range ─► count ─┘   (GenerationScorer, GenerationWriter)
/// </code>
/// </summary>
public sealed class ShopRecompute(
    IShopStore shops, IOrderStore orders, MonthFold fold, WindowReader windows, GenerationScorer scorer, GenerationWriter generations, IRecomputeRuns runs, IMessageQueue queue,
    RecomputeProgress progress, IOptions<RecomputeOptions> options, TimeProvider time)
{
    /// <summary>From start to end in this process, whatever the size.</summary>
    public async Task<AffinityGeneration> RunAsync(ShopId id, Action<RecomputeStage>? onStage, CancellationToken cancellationToken)
    {
        AffinityGeneration generation = null!;
        await progress.FollowAsync(id, onStage, async beginAsync =>
        {
            var (plan, window) = await PrepareAsync(id, beginAsync, cancellationToken);
            return generation = await FinishAsync(id, plan, ScoreAsync(id, plan, window, beginAsync, cancellationToken), beginAsync, cancellationToken);
        }, cancellationToken);
        return generation;
    }

    /// <summary>The same, with the counting of a large shop handed to whichever instances take its messages.</summary>
    public async Task StartAsync(ShopId id, CancellationToken cancellationToken) =>
        await progress.FollowAsync(id, null, async beginAsync =>
        {
            var (plan, window) = await PrepareAsync(id, beginAsync, cancellationToken);
            if (plan.Ranges.Count <= 1)
            {
                return await FinishAsync(id, plan, ScoreAsync(id, plan, window, beginAsync, cancellationToken), beginAsync, cancellationToken);
            }

            await beginAsync(RecomputeStage.Counting);
            await runs.SavePlanAsync(id, plan, cancellationToken);
            for (var range = 0; range < plan.Ranges.Count; range++)
            {
                await queue.SendAsync(RangeDue.Queue, new RangeDue(id, plan.Run, range), cancellationToken);
            }

            return null;
        }, cancellationToken);

    private async Task<(RecomputePlan Plan, WindowCounts Window)> PrepareAsync(ShopId id, Func<RecomputeStage, Task> beginAsync, CancellationToken cancellationToken)
    {
        var startedAt = time.GetUtcNow();
        var shop = await shops.EnsureAsync(id, cancellationToken);

        await beginAsync(RecomputeStage.Folding);
        foreach (var changed in await orders.ChangedMonthsAsync(id, cancellationToken))
        {
            await fold.FoldAsync(id, changed.Month, [], cancellationToken);
            await orders.ClearAsync(id, changed, cancellationToken);
        }

        await beginAsync(RecomputeStage.Reading);
        var window = await windows.ReadAsync(id, cancellationToken);
        var work = Enumerable.Range(0, window.Skus.Count).Sum(window.Work);
        var ranges = window.Split(window.All, (int)Math.Clamp(work / options.Value.RangeBytes, 1, options.Value.MaxRanges));
        return (new(RunId(startedAt), startedAt, shop.Settings.MinCount, [.. window.Months.Select(month => new PlannedMonth(month.Month, month.Version))], ranges), window);
    }

    private async Task<AffinityGeneration> FinishAsync(ShopId id, RecomputePlan plan, Task<ScoredGeneration> scoring, Func<RecomputeStage, Task> beginAsync, CancellationToken cancellationToken)
    {
        var scored = await scoring;
        await beginAsync(RecomputeStage.Writing);
        return await generations.WriteAsync(id, plan, scored, cancellationToken);
    }

    /// <summary>By itself, so that window and candidates, the most of the memory, are out of reach before the rows are written.</summary>
    private async Task<ScoredGeneration> ScoreAsync(ShopId id, RecomputePlan plan, WindowCounts window, Func<RecomputeStage, Task> beginAsync, CancellationToken cancellationToken)
    {
        await beginAsync(RecomputeStage.Counting);
        var candidates = PairCandidates.Count(window, window.All, plan.MinCount, cancellationToken);
        await beginAsync(RecomputeStage.Scoring);
        return await scorer.ScoreAsync(id, plan, window, candidates, cancellationToken);
    }

    /// <summary>Sorts by time; the tail tells two runs of the same instant apart.</summary>
    private static string RunId(DateTimeOffset startedAt) =>
        startedAt.UtcDateTime.ToString("yyyyMMdd'T'HHmmssfff", CultureInfo.InvariantCulture) + "-" + Guid.NewGuid().ToString("N")[..8];
}
