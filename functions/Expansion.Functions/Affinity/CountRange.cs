using Expansion.Engine;
using Expansion.Engine.Affinity;
using Expansion.Engine.Affinity.Pairs;
using Microsoft.Azure.Functions.Worker;

namespace Expansion.Functions.Affinity;

/// <summary>Counts one range of a large shop's products; whoever counts the last one says that all are counted. A repeat counts the same again.</summary>
public sealed class CountRange(IRecomputeRuns runs, WindowReader windows, IMessageQueue queue)
{
    [Function(nameof(CountRange))]
    public async Task Run([QueueTrigger(RangeDue.Queue)] RangeDue message, CancellationToken cancellationToken)
    {
        if (await runs.FindPlanAsync(message.Shop, message.Run, cancellationToken) is not { } plan)
        {
            return;
        }

        var window = await windows.ReadDigestsAsync(message.Shop, plan.Months, cancellationToken);
        var candidates = PairCandidates.Count(window, plan.Ranges[message.Range], plan.MinCount, cancellationToken);
        var counted = await runs.SaveRangeAsync(message.Shop, message.Run, message.Range, candidates.ToBytes(), cancellationToken);
        if (counted == plan.Ranges.Count)
        {
            await queue.SendAsync(RangesCounted.Queue, new RangesCounted(message.Shop, message.Run), cancellationToken);
        }
    }
}
