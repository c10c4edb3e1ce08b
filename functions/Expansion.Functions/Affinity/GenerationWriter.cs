using Expansion.Engine;
using Expansion.Engine.Affinity;
using Expansion.Engine.Affinity.Delay;
using Expansion.Engine.Affinity.Months;
using Expansion.Engine.Affinity.Pairs;
using Expansion.Engine.Affinity.Soundness;
using Expansion.Engine.Offers.Bundles;
using Expansion.Engine.Orders;
using Expansion.Engine.Shops;

namespace Expansion.Functions.Affinity;

/// <summary>Scores what was counted, writes it as a generation, publishes it and sweeps what is older. Can be repeated.</summary>
public sealed class GenerationWriter(
    IShopStore shops, IProductStore products, IPairDecisionStore decisions, PairDecider decider, IPairFiles files, IAffinityStore affinities, IMonthDigests digests, IRecomputeRuns runs, IMessageQueue queue)
{
    /// <summary>Pairs in memory with all that is said of them, some 500 bytes each.</summary>
    private const int ScoredAtATime = 50_000;

    public async Task<AffinityGeneration> WriteAsync(ShopId id, RecomputePlan plan, WindowCounts window, PairCandidates candidates, CancellationToken cancellationToken)
    {
        var shop = await shops.EnsureAsync(id, cancellationToken);
        var catalogue = await products.ListAsync(id, cancellationToken).ToDictionaryAsync(product => product.Sku, cancellationToken: cancellationToken);
        var decided = await decisions.ListAsync(id, cancellationToken).ToListAsync(cancellationToken);

        var kept = candidates.Kept();
        var (delays, repurchases) = Follow(window, kept, cancellationToken);
        var scorer = new PairScorer(window, candidates.Discovery.ToQValues(Tests(window, plan.MinCount)), delays, catalogue);
        var builder = new GenerationBuilder(window, kept.Count, decided, catalogue);
        await files.WriteAsync(id, plan.Run, Score(kept, scorer, builder, cancellationToken), cancellationToken);

        var (from, to) = window.Months.Count == 0 ? (YearMonth.Of(plan.StartedAt), YearMonth.Of(plan.StartedAt)) : (window.Months[0].Month, window.Months[^1].Month);
        var generation = builder.Summarise(new(plan.Run, plan.StartedAt, from, to, window.Baskets, window.Skus.Count, candidates.Pairs) { Tested = Tests(window, plan.MinCount) }, shop.Settings);
        await affinities.WriteAsync(id, generation, builder.Build(repurchases), cancellationToken);
        var before = await affinities.CurrentAsync(id, cancellationToken);
        await affinities.PublishAsync(id, generation, cancellationToken);

        // What people decided while this ran was written to the generation they saw.
        await foreach (var decision in decisions.ListAsync(id, cancellationToken).Where(decision => decision.DecidedAt >= plan.StartedAt))
        {
            await decider.ApplyAsync(id, decision.A, decision.B, decision.Verdict, cancellationToken);
        }

        await affinities.SweepAsync(id, cancellationToken);
        await files.SweepAsync(id, before?.Id ?? generation.Id, cancellationToken);
        await digests.SweepAsync(id, [.. window.Months], cancellationToken);
        await runs.EndAsync(id, plan.Run, cancellationToken);
        await queue.SendAsync(BundlesDue.Queue, new BundlesDue(id), cancellationToken);
        return generation;
    }

    /// <summary>Every pair of products that were each bought often enough could have been found, and counts as tested.</summary>
    private static long Tests(WindowCounts window, int minCount) => FalseDiscovery.TestsAmong(window.Frequencies.Count(frequency => frequency >= minCount));

    /// <summary>When customers bought what, a part of them on each processor.</summary>
    private static (DelayCounter Delays, RepurchaseCounter Repurchases) Follow(WindowCounts window, IReadOnlyList<PairCandidate> kept, CancellationToken cancellationToken)
    {
        var (delays, repurchases, parts) = (new DelayCounter([.. kept.Select(pair => (pair.A, pair.B))]), new RepurchaseCounter(), Environment.ProcessorCount);
        var parallel = new ParallelOptions { CancellationToken = cancellationToken, MaxDegreeOfParallelism = parts };
        Parallel.For(0, parts, parallel, part => delays.Count(CustomerHistories.Of(window, part, parts).Select(history =>
        {
            repurchases.Add(history);
            return history;
        })));
        delays.MakeRoom();
        Parallel.For(0, parts, parallel, part => delays.Enter(CustomerHistories.Of(window, part, parts)));
        return (delays, repurchases);
    }

    private static IEnumerable<IReadOnlyList<ScoredPair>> Score(IReadOnlyList<PairCandidate> kept, PairScorer scorer, GenerationBuilder builder, CancellationToken cancellationToken)
    {
        foreach (var group in kept.Chunk(ScoredAtATime))
        {
            var pairs = group.AsParallel().AsOrdered().WithCancellation(cancellationToken).Select(scorer.Score).ToList();
            foreach (var (candidate, scored) in group.Zip(pairs))
            {
                builder.Add(candidate, scored);
            }

            yield return pairs;
        }
    }
}
