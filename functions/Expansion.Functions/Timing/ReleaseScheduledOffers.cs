using Expansion.Engine;
using Expansion.Engine.Offers;
using Expansion.Engine.Shops;
using Expansion.Engine.Timing.Signals;
using Microsoft.Azure.Functions.Worker;

namespace Expansion.Functions.Timing;

/// <summary>Every minute: has the customers looked at whose time has come, be it seven days after a purchase or the end of what kept us silent.</summary>
public sealed class ReleaseScheduledOffers(IShopStore shops, IOfferSchedule schedule, IMessageQueue queue, TimeProvider time)
{
    private const int CustomersPerMessage = 50;

    [Function(nameof(ReleaseScheduledOffers))]
    public async Task Run([TimerTrigger("0 * * * * *")] TimerInfo timer, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await foreach (var shop in shops.ListAsync(cancellationToken))
        {
            await foreach (var looks in schedule.DueAsync(shop.Id, now, cancellationToken).Chunk(CustomersPerMessage))
            {
                await queue.SendAsync(SignalsReceived.Queue, new SignalsReceived(shop.Id, []) { Due = [.. looks.Select(look => look.Customer).Distinct()] }, cancellationToken);
                await schedule.RemoveAsync(shop.Id, looks, cancellationToken);
            }
        }
    }
}
