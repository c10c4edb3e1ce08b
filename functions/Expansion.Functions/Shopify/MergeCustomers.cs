using System.Globalization;
using Expansion.Engine;
using Expansion.Engine.Compliance;
using Expansion.Engine.Contacts;
using Expansion.Engine.Offers;
using Expansion.Engine.Orders;
using Expansion.Engine.Shops;
using Expansion.Engine.Timing;
using Expansion.Engine.Timing.Customers;
using Expansion.Engine.Timing.Signals;
using Expansion.Functions.Compliance;
using Expansion.Functions.Timing;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace Expansion.Functions.Shopify;

/// <summary>
/// Gives one customer's history to another, who they turned out to be. Can be repeated, also after a crash half-way:
/// <code>
/// 1. each order is told again as the other's, a little newer, and with it the purchase
/// 2. an opt-out of either is one of both; how they are reached is known of one who isn't reached otherwise
/// 3. whoever comes late under the old name is nobody, and what is left under it goes
/// </code>
/// </summary>
public sealed partial class MergeCustomers(
    PersonOrders history, IOrderStore orders, ICustomerStore customers, IContactStore contacts, SignalInbox signals, IInbox inbox, Erasures erasures, IErasedStore erased, IPersonalRecords records,
    ILogger<MergeCustomers> logger)
{
    /// <summary>What every storage format tells apart.</summary>
    private static readonly TimeSpan Newer = TimeSpan.FromMilliseconds(1);

    [Function(nameof(MergeCustomers))]
    public async Task Run([QueueTrigger(CustomersMerged.Queue)] CustomersMerged message, CancellationToken cancellationToken)
    {
        var (shop, kept, gone) = (message.Shop, message.Kept, message.Gone);
        var person = new Person([gone], null, []);
        if ((await erasures.OfAsync(shop, cancellationToken)).Has(kept))
        {
            await inbox.SendAsync(new CustomerErasureRequested(shop, person), cancellationToken);
            return;
        }

        var moved = (await history.FindAsync(shop, person, cancellationToken)).Select(order => order with { CustomerId = kept, UpdatedAt = order.UpdatedAt + Newer }).ToList();
        foreach (var order in moved)
        {
            await orders.SaveAsync(shop, order, cancellationToken);
        }

        var before = (await customers.FindAsync(shop, [gone], cancellationToken))[0].Record.State.Offers;
        await signals.SendAsync(shop, [.. moved.Select(Purchases.Of).OfType<OrderPlaced>(), .. OptOuts(before, kept)], cancellationToken);
        if (await contacts.FindAsync(shop, gone, cancellationToken) is { } contact && await contacts.FindAsync(shop, kept, cancellationToken) is null)
        {
            await contacts.SaveAsync(shop, contact with { Customer = kept }, cancellationToken);
        }

        await erased.AddAsync(shop, ErasedNames.HashesOf(shop, person), cancellationToken);
        await records.EraseAsync(shop, person, cancellationToken);
        await erasures.WrittenAsync(shop, [kept], cancellationToken);
        LogMerged(shop, moved.Count);
    }

    private static IEnumerable<OfferOptedOut> OptOuts(OfferFacts before, CustomerId kept)
    {
        var places = before.ChannelOptOuts.Select(no => (Channel: (Channel?)no.Key, At: no.Value));
        var all = before.OptedOutAt is { } at ? places.Append((null, at)) : places;
        return all.Select(no => new OfferOptedOut(no.Channel) { Id = string.Create(CultureInfo.InvariantCulture, $"merged:{no.Channel}:{no.At.UtcTicks}"), Customer = kept, At = no.At });
    }

    [LoggerMessage(LogLevel.Information, "Two customers of {Shop} are one now: {Orders} orders were given to the one that stays")]
    private partial void LogMerged(ShopId shop, int orders);
}
