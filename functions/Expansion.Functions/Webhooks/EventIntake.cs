using Expansion.Connectors;
using Expansion.Engine;
using Expansion.Engine.Contacts;
using Expansion.Engine.Metrics.Recurring;
using Expansion.Engine.Shops;
using Expansion.Functions.Timing;

namespace Expansion.Functions.Webhooks;

/// <summary>Hands over what outside systems told: signals to the queue, addresses and revenue to their tables. Can be repeated.</summary>
public sealed class EventIntake(IShopStore shops, SignalInbox inbox, IContactStore contacts, IRecurringRevenueStore revenue)
{
    public async Task TakeAsync(ShopId shop, IReadOnlyList<ToldEvent> events, CancellationToken cancellationToken)
    {
        await shops.EnsureAsync(shop, cancellationToken);
        foreach (var read in events)
        {
            if (read.Contact is { } contact)
            {
                await contacts.SaveAsync(shop, contact, cancellationToken);
            }

            if (read.Erase is { } customer)
            {
                await contacts.DeleteAsync(shop, customer, cancellationToken);
            }

            if (read is { Revenue: { } level, Subscription: { } subscription, Customer: { } payer })
            {
                await revenue.AddAsync(shop, subscription, payer, level, cancellationToken);
            }
        }

        await inbox.SendAsync(shop, events.SelectMany(read => read.Signals), cancellationToken);
    }
}
