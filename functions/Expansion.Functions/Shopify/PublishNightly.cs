using Expansion.Connectors.Shopify;
using Expansion.Engine;
using Expansion.Engine.Shops;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Options;

namespace Expansion.Functions.Shopify;

/// <summary>Every night, each shop that wants it.</summary>
public sealed class PublishNightly(IOptionsMonitor<ShopifyOptions> options, IMessageQueue queue)
{
    [Function(nameof(PublishNightly))]
    public async Task Run([TimerTrigger("0 30 4 * * *")] TimerInfo timer, CancellationToken cancellationToken)
    {
        foreach (var shop in options.CurrentValue.Shops.Where(shop => shop.PublishComplementary))
        {
            await queue.SendAsync(ComplementaryDue.Queue, new ComplementaryDue(ShopId.From(shop.Domain)), cancellationToken);
        }
    }
}
