using Expansion.Engine.Affinity;
using Expansion.Engine.Affinity.Pairs;
using Microsoft.Azure.Functions.Worker;

namespace Expansion.Functions.Affinity;

/// <summary>Puts the ranges of a large shop together into its generation. Two at once write the same rows; the second finds the run over.</summary>
public sealed class FinishRecompute(IRecomputeRuns runs, WindowReader windows, GenerationWriter generations, RecomputeProgress progress)
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
            await beginAsync(RecomputeStage.Writing);
            var window = await windows.ReadDigestsAsync(message.Shop, plan.Months, cancellationToken);
            var candidates = new PairCandidates(window);
            for (var range = 0; range < plan.Ranges.Count; range++)
            {
                candidates.Add(await runs.ReadRangeAsync(message.Shop, message.Run, range, cancellationToken));
            }

            return await generations.WriteAsync(message.Shop, plan, window, candidates, cancellationToken);
        }, cancellationToken);
    }
}
