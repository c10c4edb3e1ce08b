using Expansion.Engine;
using Expansion.Engine.Timing.Signals;
using Expansion.Functions.Compliance;
using Expansion.Functions.Offers;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace Expansion.Functions.Timing;

public sealed partial class EvaluateSignals(SignalEvaluation evaluation, Erasures erasures, ILogger<EvaluateSignals> logger)
{
    [Function(nameof(EvaluateSignals))]
    public async Task Run([QueueTrigger(SignalsReceived.Queue)] SignalsReceived message, CancellationToken cancellationToken)
    {
        var erased = await erasures.OfAsync(message.Shop, cancellationToken);
        var known = message with { Signals = erased.Strip(message.Signals), Due = [.. message.Due.Where(customer => !erased.Has(customer))] };
        foreach (var decision in await evaluation.RunAsync(known, cancellationToken))
        {
            DecisionMeter.Add(decision);
            LogDecision(decision.Id, message.Shop, decision.Customer, decision.Offer?.Target ?? "silence", decision.Reason);
        }

        await erasures.WrittenAsync(message.Shop, known.Signals.Select(signal => signal.Customer).Concat(known.Due), cancellationToken);
    }

    [LoggerMessage(LogLevel.Information, "Decision {Id} of {Shop} for {CustomerId}: {Choice}, {Reason}")]
    private partial void LogDecision(string id, ShopId shop, CustomerId customerId, string choice, string reason);
}
