using Expansion.Engine.Metrics.Facts;
using Expansion.Engine.Orders;

namespace Expansion.Engine.Outcomes;

/// <summary>
/// An order of the basket segments as outcomes, for those that no webhook told. A segment holds what was kept, so revenue is net of returns; a return that names no order is a refund on its own
/// day. Nobody knows what led to any of it.
/// </summary>
public static class HistoryOutcomes
{
    /// <summary>What stands for the recommendation's source.</summary>
    public const string Source = "history";

    /// <param name="currency">The shop's; a line that names none is in it.</param>
    /// <param name="cohort">The month of the customer's first order; null where the customer isn't known.</param>
    public static IEnumerable<Outcome> Of(Order order, string currency, YearMonth? cohort)
    {
        var tags = new OutcomeTags(Source: Source, Cohort: cohort);
        var kept = order.Lines.Where(line => line.Kept > 0).ToList();
        if (kept.Count > 0)
        {
            // Where nothing has a price, none is known, and nothing is a gift.
            var priced = kept.Exists(line => line.UnitPrice.Amount != 0);
            yield return Tell(OutcomeKind.Order, null) with
            {
                Order = new(OrderStatus.Completed, [.. kept.Select(line => new LineFact(priced && line.UnitPrice.Amount == 0 ? LineRole.Gift : LineRole.Main, line.Kept))]),
            };
        }

        foreach (var sold in kept.GroupBy(Foreign))
        {
            yield return Tell(OutcomeKind.Revenue, sold.Key) with { Amount = sold.Sum(line => line.Kept * line.UnitPrice.Amount) };
        }

        foreach (var back in order.Lines.Where(line => line.Kept < 0).GroupBy(Foreign))
        {
            yield return Tell(OutcomeKind.Refund, back.Key) with { Amount = -back.Sum(line => line.Kept * line.UnitPrice.Amount) };
        }

        string? Foreign(OrderLine line) => line.UnitPrice.Currency is { Length: > 0 } named && named != currency ? named : null;

        Outcome Tell(OutcomeKind kind, string? foreign) => new(OrderOutcomes.Id(order.Id, "", foreign), kind, order.OrderedAt, order.CustomerId)
        {
            OrderId = order.Id,
            Tags = tags,
            RevenueKind = RevenueKind.Uncredited,
            Currency = foreign,
        };
    }
}
