using Expansion.Engine;
using Expansion.Engine.Affinity;

namespace Expansion.Functions.Affinity;

/// <summary>Keeps the status of a recompute while it goes on, for whoever waits for it over HTTP.</summary>
public sealed class RecomputeProgress(IRecomputeStatusStore statuses, TimeProvider time)
{
    /// <param name="work">Says what it begins, and answers with the published generation, or null when others go on with it.</param>
    public async Task FollowAsync(
        ShopId shop, Action<RecomputeStage>? onStage, Func<Func<RecomputeStage, Task>, Task<AffinityGeneration?>> work, CancellationToken cancellationToken)
    {
        var stage = RecomputeStage.Folding;
        try
        {
            var generation = await work(BeginAsync);
            if (generation is not null)
            {
                await statuses.SaveAsync(shop, new(RecomputeState.Done, stage, time.GetUtcNow()) { Generation = generation }, cancellationToken);
            }
        }
        catch
        {
            await statuses.SaveAsync(shop, new(RecomputeState.Failed, stage, time.GetUtcNow()), CancellationToken.None);
            throw;
        }

        async Task BeginAsync(RecomputeStage next)
        {
            stage = next;
            onStage?.Invoke(next);
            await statuses.SaveAsync(shop, new(RecomputeState.Running, next, time.GetUtcNow()), cancellationToken);
        }
    }
}
