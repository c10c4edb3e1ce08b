using Expansion.Engine;
using Expansion.Engine.Timing.Signals;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace Expansion.Functions.Timing;

public sealed partial class EvaluateSignals(SignalEvaluation evaluation, ILogger<EvaluateSignals> logger)
{
    [Function(nameof(EvaluateSignals))]
    public async Task Run([QueueTrigger(SignalsReceived.Queue)] SignalsReceived message, CancellationToken cancellationToken)
    {
        foreach (var decision in await evaluation.RunAsync(message, cancellationToken))
        {
            LogDecision(decision.Id, message.Shop, decision.Customer, decision.Offer?.Target ?? "silence", decision.Reason);
        }
    }

    [LoggerMessage(LogLevel.Information, "Decision {Id} of {Shop} for {CustomerId}: {Choice}, {Reason}")]
    private partial void LogDecision(string id, ShopId shop, CustomerId customerId, string choice, string reason);
}
