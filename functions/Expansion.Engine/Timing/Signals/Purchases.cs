using System.Globalization;
using Expansion.Engine.Orders;

namespace Expansion.Engine.Timing.Signals;

/// <summary>Orders as signals.</summary>
public static class Purchases
{
    /// <summary>Each version of an order has an id of its own, and replaces the one before. Null without a customer, or without lines.</summary>
    public static OrderPlaced? Of(Order order) => order is not { CustomerId: { } customer, Lines: [var first, ..] } ? null
        : new(
            order.Id,
            new(order.Lines.Sum(line => line.Kept * line.UnitPrice.Amount), first.UnitPrice.Currency),
            [.. order.Lines.Where(line => line.Kept > 0).Select(line => line.Sku).Distinct().Take(OrderPlaced.MaxSkus)],
            order.OrderedAt,
            order.Cancelled)
        {
            Id = string.Create(CultureInfo.InvariantCulture, $"order:{order.Id}:{order.UpdatedAt.UtcTicks}"),
            Customer = customer,
            At = order.UpdatedAt,
        };
}
