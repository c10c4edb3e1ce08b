using Expansion.Engine;
using Expansion.Engine.Shops;
using Expansion.Engine.Timing;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace Expansion.Functions.Shopify;

/// <summary>Makes no more offers for a shop, and ends its backfill. The next backfill, which a shop that came back needs anyway, starts both again.</summary>
public sealed partial class StopShop(IShopTimingStore timings, IBackfillStore backfills, ILogger<StopShop> logger)
{
    [Function(nameof(StopShop))]
    public async Task Run([QueueTrigger(AppUninstalled.Queue)] AppUninstalled message, CancellationToken cancellationToken)
    {
        await timings.ChangeFactsAsync(message.Shop, facts => facts with { UninstalledAt = message.At }, cancellationToken);
        if (await backfills.FindAsync(message.Shop, cancellationToken) is { Backfill: { IsOver: false } backfill } stored
            && await backfills.SaveAsync(message.Shop, backfill.Fail("The shop uninstalled the app."), stored.Version, cancellationToken) is null)
        {
            throw new InvalidOperationException($"The backfill of {message.Shop} was changed by others while it was being ended.");
        }

        LogStopped(message.Shop, message.At);
    }

    [LoggerMessage(LogLevel.Warning, "{Shop} uninstalled the app at {At}: take it out of the settings Shopify:Shops when it doesn't come back")]
    private partial void LogStopped(ShopId shop, DateTimeOffset at);
}
