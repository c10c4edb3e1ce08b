using Expansion.Engine;
using Expansion.Engine.Affinity;
using Expansion.Engine.Affinity.Delay;
using Expansion.Engine.Affinity.Months;
using Expansion.Engine.Affinity.Pairs;
using Expansion.Engine.Affinity.Soundness;
using Expansion.Engine.Orders;
using Expansion.Engine.Shops;

namespace Expansion.Functions.Affinity;

/// <summary>A generation that isn't published. Its file of pairs is written, its rows are made as they are asked for.</summary>
public sealed record ScoredGeneration(AffinityGeneration Summary, IEnumerable<ProductAffinity> Rows);

/// <summary>Scores what was counted. Pairs go to the generation's file as they are scored, so that they are never all in memory.</summary>
public sealed class GenerationScorer(IShopStore shops, IProductStore products, IPairDecisionStore decisions, IPairFiles files)
{
    /// <summary>Pairs in memory with all that is said of them, some 500 bytes each.</summary>
    private const int ScoredAtATime = 50_000;

    public async Task<ScoredGeneration> ScoreAsync(ShopId id, RecomputePlan plan, WindowCounts window, PairCandidates candidates, CancellationToken cancellationToken)
    {
        var shop = await shops.EnsureAsync(id, cancellationToken);
        var catalogue = await products.ListAsync(id, cancellationToken).ToDictionaryAsync(product => product.Sku, cancellationToken: cancellationToken);
        var decided = await decisions.ListAsync(id, cancellationToken).ToListAsync(cancellationToken);

        // Every pair of products that were each bought often enough could have been found, and counts as tested.
        var tested = FalseDiscovery.TestsAmong(window.Frequencies.Count(frequency => frequency >= plan.MinCount));
        var kept = candidates.Kept();
        var (delays, repurchaseDays) = Follow(window, kept, cancellationToken);
        var scorer = new PairScorer(window, candidates.Discovery.ToQValues(tested), delays, catalogue);
        var builder = new GenerationBuilder(window, kept.Count, decided, repurchaseDays, catalogue);
        await files.WriteAsync(id, plan.Run, Score(kept, scorer, builder, cancellationToken), cancellationToken);

        var (from, to) = window.Months.Count == 0 ? (YearMonth.Of(plan.StartedAt), YearMonth.Of(plan.StartedAt)) : (window.Months[0].Month, window.Months[^1].Month);
        var summary = new AffinityGeneration(plan.Run, plan.StartedAt, from, to, window.Baskets, window.Skus.Count, candidates.Pairs) { Tested = tested };
        return new(builder.Summarise(summary, shop.Settings), builder.Build());
    }

    /// <summary>When customers bought what, a part of them on each processor.</summary>
    private static (DelayCounter Delays, IReadOnlyList<int?> RepurchaseDays) Follow(WindowCounts window, IReadOnlyList<PairCandidate> kept, CancellationToken cancellationToken)
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
        return (delays, [.. Enumerable.Range(0, window.Skus.Count).Select(product => repurchases.Of(product) is { IsConsumable: true } interval ? interval.Days : null)]);
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
