using Expansion.Engine;
using Expansion.Engine.Compliance;
using Expansion.Engine.Orders;

namespace Expansion.Functions.Compliance;

/// <summary>A person's orders, in the segments and among those that aren't folded yet.</summary>
public sealed class PersonOrders(IBasketSegments segments, IOrderStore orders)
{
    public async Task<IReadOnlyList<Order>> FindAsync(ShopId shop, Person person, CancellationToken cancellationToken)
    {
        var (ids, named, found) = (person.Ids.ToHashSet(), person.Orders.ToHashSet(), new List<Order>());
        var months = (await segments.ListAsync(shop, cancellationToken)).Select(segment => segment.Month);
        // A month that was folded may still have its rows; one that never was has nothing else.
        foreach (var month in months.Union((await orders.ChangedMonthsAsync(shop, cancellationToken)).Select(changed => changed.Month)))
        {
            var folded = (await segments.ReadAsync(shop, month, cancellationToken)).Orders;
            var received = await orders.ReadAsync(shop, month, cancellationToken).ToListAsync(cancellationToken);
            found.AddRange(received.Concat(folded).Where(order => named.Contains(order.Id) || (order.CustomerId is { } customer && ids.Contains(customer))).DistinctBy(order => order.Id));
        }

        return found;
    }
}
