using Expansion.Engine;
using Expansion.Engine.Shops;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace Expansion.Functions.Shopify;

/// <summary>Takes the next step of a shop's backfill, unless somebody is at it. A crash leaves it to the timer, from where it stood.</summary>
public sealed partial class RunBackfill(IBackfillStore backfills, BackfillStep step, IMessageQueue queue, TimeProvider time, ILogger<RunBackfill> logger)
{
    /// <summary>As long as a function may run.</summary>
    private static readonly TimeSpan Busy = TimeSpan.FromMinutes(30);

    [Function(nameof(RunBackfill))]
    public async Task Run([QueueTrigger(BackfillDue.Queue)] BackfillDue message, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (await backfills.FindAsync(message.Shop, cancellationToken) is not { } stored || !stored.Backfill.IsDue(now, message.Operation)
            || await backfills.SaveAsync(message.Shop, stored.Backfill with { BusyUntil = now + Busy }, stored.Version, cancellationToken) is not { } claim)
        {
            return;
        }

        var next = await step.TakeAsync(message.Shop, stored.Backfill, cancellationToken) with { BusyUntil = null };
        if (await backfills.SaveAsync(message.Shop, next, claim, cancellationToken) is not null)
        {
            LogStep(message.Shop, next.State, next.Cursor, next.Orders, next.Error);
            if (!next.IsOver && next.DueAt <= time.GetUtcNow())
            {
                await queue.SendAsync(BackfillDue.Queue, new BackfillDue(message.Shop), cancellationToken);
            }
        }
    }

    [LoggerMessage(LogLevel.Information, "Backfill of {Shop}: {State}, all before {Cursor} is here, {Orders} orders. {Error}")]
    private partial void LogStep(ShopId shop, BackfillState state, DateTimeOffset cursor, long orders, string? error);
}
