using Expansion.Engine;
using Expansion.Engine.Affinity;
using Expansion.Engine.Affinity.Months;
using Expansion.Engine.Affinity.Pairs;
using Expansion.Engine.Offers.Bundles;
using Expansion.Engine.Recommendations.Serving;

namespace Expansion.Functions.Affinity;

/// <summary>Writes a scored generation's rows, publishes it and sweeps what is older. Can be repeated.</summary>
public sealed class GenerationWriter(
    IPairDecisionStore decisions, PairDecider decider, IPairFiles files, IAffinityStore affinities, IMonthDigests digests, IRecomputeRuns runs, IMessageQueue queue)
{
    public async Task<AffinityGeneration> WriteAsync(ShopId shop, RecomputePlan plan, ScoredGeneration scored, CancellationToken cancellationToken)
    {
        var generation = scored.Summary;
        await affinities.WriteAsync(shop, generation, scored.Rows, cancellationToken);
        var before = await affinities.CurrentAsync(shop, cancellationToken);
        await affinities.PublishAsync(shop, generation, cancellationToken);

        // What people decided while this ran was written to the generation they saw.
        await foreach (var decision in decisions.ListAsync(shop, cancellationToken).Where(decision => decision.DecidedAt >= plan.StartedAt))
        {
            await decider.ApplyAsync(shop, decision.A, decision.B, decision.Verdict, cancellationToken);
        }

        await affinities.SweepAsync(shop, cancellationToken);
        await files.SweepAsync(shop, before?.Id ?? generation.Id, cancellationToken);
        await digests.SweepAsync(shop, plan.Months, cancellationToken);
        await runs.EndAsync(shop, plan.Run, cancellationToken);
        await queue.SendAsync(BundlesDue.Queue, new BundlesDue(shop), cancellationToken);
        await queue.SendAsync(ModelDue.Queue, new ModelDue(shop), cancellationToken);
        return generation;
    }
}
