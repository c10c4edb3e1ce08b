using Expansion.Connectors;
using Expansion.Engine;
using Expansion.Engine.Compliance;
using Expansion.Engine.Contacts;
using Expansion.Engine.Metrics.Recurring;
using Expansion.Engine.Shops;
using Expansion.Functions.Compliance;
using Expansion.Functions.Timing;

namespace Expansion.Functions.Webhooks;

/// <summary>
/// Hands over what outside systems told: signals and erasures to their queues, addresses and revenue to their tables, but nothing of who was erased. Can be repeated.
/// </summary>
public sealed class EventIntake(IShopStore shops, SignalInbox signals, IInbox inbox, IContactStore contacts, IRecurringRevenueStore revenue, Erasures erasures)
{
    public async Task TakeAsync(ShopId shop, IReadOnlyList<ToldEvent> events, CancellationToken cancellationToken)
    {
        await shops.EnsureAsync(shop, cancellationToken);
        var erased = await erasures.OfAsync(shop, cancellationToken);
        var about = new List<CustomerId>();
        foreach (var read in events)
        {
            if (read.Contact is { } contact && !erased.Has(contact.Customer))
            {
                await contacts.SaveAsync(shop, contact, cancellationToken);
                about.Add(contact.Customer);
            }

            if (read is { Revenue: { } level, Subscription: { } subscription, Customer: { } payer } && !erased.Has(payer))
            {
                await revenue.AddAsync(shop, subscription, payer, level, cancellationToken);
                about.Add(payer);
            }
        }

        await signals.SendAsync(shop, erased.Strip([.. events.SelectMany(read => read.Signals)]), cancellationToken);
        await erasures.WrittenAsync(shop, about, cancellationToken);
        foreach (var leaving in events.Select(read => read.Erase).OfType<CustomerId>().Distinct())
        {
            await inbox.SendAsync(new CustomerErasureRequested(shop, new([leaving], null, [])), cancellationToken);
        }
    }
}
