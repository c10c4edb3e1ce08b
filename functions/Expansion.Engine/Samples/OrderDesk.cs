using System.Globalization;
using Expansion.Engine.Orders;

namespace Expansion.Engine.Samples;

/// <summary>Numbers the orders in the order of time, cancels a few, and takes returns: orders of their own with negative quantities, as in a till's export.</summary>
internal sealed class OrderDesk(DateTimeOffset until, SplitMix64 chance)
{
    private const int FirstNumber = 10001;

    private const double Cancelled = 0.008;

    /// <summary>Share of lines that come back; a whim is regretted more easily when it was dear.</summary>
    private const double DurableReturned = 0.07, ConsumableReturned = 0.02;

    private static readonly HashSet<Sku> Durables = [.. SampleCatalogue.Products.Where(product => !product.Consumable).Select(product => product.Sku)];

    public IReadOnlyList<Order> Book(IEnumerable<SampleOrder> placed)
    {
        var orders = placed.OrderBy(order => order.At).ThenBy(order => order.Customer.Value, StringComparer.Ordinal)
            .Select((order, index) => Number(order, FirstNumber + index)).ToArray();
        return [.. orders.Concat(orders.Where(order => !order.Cancelled).Select(Return).OfType<Order>()).OrderBy(order => order.OrderedAt)];
    }

    private Order Number(SampleOrder order, int number)
    {
        var cancelled = chance.Chance(Cancelled);
        return new Order(
            new OrderId(number.ToString(CultureInfo.InvariantCulture)),
            order.Customer,
            order.At,
            cancelled ? order.At.AddHours(2) : order.At,
            order.Lines)
        {
            Cancelled = cancelled,
        };
    }

    private Order? Return(Order order)
    {
        var lines = order.Lines
            .Where(line => chance.Chance(Durables.Contains(line.Sku) ? DurableReturned : ConsumableReturned))
            .Select(line => line with { Quantity = -line.Quantity, Kept = 0 })
            .ToArray();
        var at = order.OrderedAt.AddMinutes((int)chance.Between(4 * 1440, 21 * 1440));
        return lines.Length > 0 && at < until ? new Order(new OrderId("R" + order.Id), order.CustomerId, at, at, lines) : null;
    }
}
