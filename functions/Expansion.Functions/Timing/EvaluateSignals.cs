using Expansion.Engine;
using Expansion.Engine.Timing.Signals;
using Expansion.Functions.Compliance;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace Expansion.Functions.Timing;

public sealed partial class EvaluateSignals(SignalEvaluation evaluation, Erasures erasures, ILogger<EvaluateSignals> logger)
{
    [Function(nameof(EvaluateSignals))]
    public async Task Run([QueueTrigger(SignalsReceived.Queue)] SignalsReceived message, CancellationToken cancellationToken)
    {
        var erased = await erasures.OfAsync(message.Shop, cancellationToken);
        foreach (var decision in await evaluation.RunAsync(message with { Signals = erased.Strip(message.Signals) }, cancellationToken))
        {
            LogDecision(decision.Id, message.Shop, decision.Customer, decision.Offer?.Target ?? "silence", decision.Reason);
        }
    }

    [LoggerMessage(LogLevel.Information, "Decision {Id} of {Shop} for {CustomerId}: {Choice}, {Reason}")]
    private partial void LogDecision(string id, ShopId shop, CustomerId customerId, string choice, string reason);
}
