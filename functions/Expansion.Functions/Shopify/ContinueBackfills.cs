using Expansion.Connectors.Shopify;
using Expansion.Engine;
using Expansion.Engine.Shops;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Options;

namespace Expansion.Functions.Shopify;

/// <summary>Every minute: whatever a backfill waited for, a shop's answer, an allowance or somebody's crash, it goes on.</summary>
public sealed class ContinueBackfills(IOptionsMonitor<ShopifyOptions> options, IBackfillStore backfills, IMessageQueue queue, TimeProvider time)
{
    [Function(nameof(ContinueBackfills))]
    public async Task Run([TimerTrigger("20 * * * * *")] TimerInfo timer, CancellationToken cancellationToken)
    {
        foreach (var shop in options.CurrentValue.Shops.Where(shop => shop.AccessToken is not null))
        {
            var id = ShopId.From(shop.Domain);
            if ((await backfills.FindAsync(id, cancellationToken))?.Backfill.IsDue(time.GetUtcNow(), null) == true)
            {
                await queue.SendAsync(BackfillDue.Queue, new BackfillDue(id), cancellationToken);
            }
        }
    }
}
