using Expansion.Engine;
using Expansion.Engine.Affinity;
using Expansion.Engine.Affinity.Pairs;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace Expansion.Functions.Affinity;

/// <summary>Counts one range of a large shop's products; whoever counts the last one says that all are counted. A repeat counts the same again.</summary>
public sealed partial class CountRange(IRecomputeRuns runs, WindowReader windows, IMessageQueue queue, ILogger<CountRange> logger)
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
        LogCounted(message.Run, message.Shop, message.Range, candidates.Pairs);
        if (counted == plan.Ranges.Count)
        {
            await queue.SendAsync(RangesCounted.Queue, new RangesCounted(message.Shop, message.Run), cancellationToken);
        }
    }

    [LoggerMessage(LogLevel.Information, "Recompute {Run} of {Shop}: range {Range} counted, {Pairs} pairs")]
    private partial void LogCounted(string run, ShopId shop, int range, long pairs);
}
