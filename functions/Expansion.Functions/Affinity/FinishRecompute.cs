using Expansion.Engine;
using Expansion.Engine.Affinity;
using Expansion.Engine.Affinity.Pairs;
using Microsoft.Azure.Functions.Worker;

namespace Expansion.Functions.Affinity;

/// <summary>Puts the ranges of a large shop together into its generation. Two at once write the same rows; the second finds the run over.</summary>
public sealed class FinishRecompute(IRecomputeRuns runs, WindowReader windows, GenerationScorer scorer, GenerationWriter generations, RecomputeProgress progress)
{
    [Function(nameof(FinishRecompute))]
    public async Task Run([QueueTrigger(RangesCounted.Queue)] RangesCounted message, CancellationToken cancellationToken)
    {
        if (await runs.FindPlanAsync(message.Shop, message.Run, cancellationToken) is not { } plan)
        {
            return;
        }

        await progress.FollowAsync(message.Shop, null, async beginAsync =>
        {
            await beginAsync(RecomputeStage.Scoring);
            var scored = await ScoreAsync(message.Shop, plan, cancellationToken);
            await beginAsync(RecomputeStage.Writing);
            return await generations.WriteAsync(message.Shop, plan, scored, cancellationToken);
        }, cancellationToken);
    }

    private async Task<ScoredGeneration> ScoreAsync(ShopId shop, RecomputePlan plan, CancellationToken cancellationToken)
    {
        var window = await windows.ReadDigestsAsync(shop, plan.Months, cancellationToken);
        var candidates = new PairCandidates(window);
        for (var range = 0; range < plan.Ranges.Count; range++)
        {
            candidates.Add(await runs.ReadRangeAsync(shop, plan.Run, range, cancellationToken));
        }

        return await scorer.ScoreAsync(shop, plan, window, candidates, cancellationToken);
    }
}
