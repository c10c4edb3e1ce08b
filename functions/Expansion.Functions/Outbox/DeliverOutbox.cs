using Expansion.Engine;
using Expansion.Engine.Outbox;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace Expansion.Functions.Outbox;

public sealed partial class DeliverOutbox(OutboxSender sender, ILogger<DeliverOutbox> logger)
{
    [Function(nameof(DeliverOutbox))]
    public async Task Run([QueueTrigger(OutboxDue.Queue)] OutboxDue message, CancellationToken cancellationToken)
    {
        switch (await sender.TryAsync(message.Key, cancellationToken))
        {
            case { State: OutboxState.Dead } dead:
                LogDead(dead.Channel, dead.Id, dead.Shop, dead.Reason);
                break;
            case { } tried:
                LogTried(tried.Channel, tried.Id, tried.Shop, tried.State, tried.Attempts, tried.Reason);
                break;
        }
    }

    [LoggerMessage(LogLevel.Information, "{Channel} {Id} of {Shop}: {State} after {Attempts} tries. {Reason}")]
    private partial void LogTried(string channel, string id, ShopId shop, OutboxState state, int attempts, string? reason);

    [LoggerMessage(LogLevel.Warning, "{Channel} {Id} of {Shop} was given up: {Reason}")]
    private partial void LogDead(string channel, string id, ShopId shop, string? reason);
}
