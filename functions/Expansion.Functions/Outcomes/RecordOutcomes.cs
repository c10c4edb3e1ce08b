using Expansion.Engine;
using Expansion.Engine.Compliance;
using Expansion.Engine.Metrics.Facts;
using Expansion.Engine.Outcomes;
using Expansion.Functions.Compliance;
using Microsoft.Azure.Functions.Worker;

namespace Expansion.Functions.Outcomes;

/// <summary>Writes down what happened: outcomes, first exposures, changes of plans. A repeat changes nothing.</summary>
public sealed class RecordOutcomes(OutcomeBook book, IExposureStore exposures, IPlanHistoryStore plans, Erasures erasures)
{
    [Function(nameof(RecordOutcomes))]
    public async Task Run([QueueTrigger(OutcomesRecorded.Queue)] OutcomesRecorded message, CancellationToken cancellationToken)
    {
        var known = Of(message, await erasures.OfAsync(message.Shop, cancellationToken));
        await exposures.SaveAsync(known.Shop, known.Exposures, cancellationToken);
        await plans.SaveAsync(known.Shop, known.Plans, cancellationToken);
        await book.RecordAsync(known.Shop, known.Outcomes, cancellationToken);
        var about = known.Outcomes.Select(outcome => outcome.Customer).OfType<CustomerId>().Concat(known.Exposures.Select(exposure => exposure.Customer)).Concat(known.Plans.Select(plan => plan.Customer));
        await erasures.WrittenAsync(known.Shop, about, cancellationToken);
    }

    /// <summary>What is told of people who weren't erased.</summary>
    private static OutcomesRecorded Of(OutcomesRecorded message, ErasedNames erased) => message with
    {
        Outcomes = [.. message.Outcomes.Where(outcome => outcome.Customer is not { } customer || !erased.Has(customer))],
        Exposures = [.. message.Exposures.Where(exposure => !erased.Has(exposure.Customer))],
        Plans = [.. message.Plans.Where(plan => !erased.Has(plan.Customer))],
    };
}
