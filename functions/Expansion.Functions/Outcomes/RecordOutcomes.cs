using Expansion.Engine.Metrics.Facts;
using Expansion.Engine.Outcomes;
using Microsoft.Azure.Functions.Worker;

namespace Expansion.Functions.Outcomes;

/// <summary>Writes down what happened: outcomes, first exposures, changes of plans. A repeat changes nothing.</summary>
public sealed class RecordOutcomes(OutcomeBook book, IExposureStore exposures, IPlanHistoryStore plans)
{
    [Function(nameof(RecordOutcomes))]
    public async Task Run([QueueTrigger(OutcomesRecorded.Queue)] OutcomesRecorded message, CancellationToken cancellationToken)
    {
        await exposures.SaveAsync(message.Shop, message.Exposures, cancellationToken);
        await plans.SaveAsync(message.Shop, message.Plans, cancellationToken);
        await book.RecordAsync(message.Shop, message.Outcomes, cancellationToken);
    }
}
