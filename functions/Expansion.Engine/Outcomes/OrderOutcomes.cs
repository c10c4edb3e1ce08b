using Expansion.Engine.Metrics.Facts;
using Expansion.Engine.Orders;

namespace Expansion.Engine.Outcomes;

/// <summary>What a shop says about crediting orders.</summary>
/// <param name="Currency">The shop's: amounts in others are told as such, and not converted.</param>
public sealed record CreditTerms(string Currency)
{
    public CreditRule Rule { get; init; } = CreditRule.Default;

    /// <summary>What a unit costs the shop, in its currency.</summary>
    public IReadOnlyDictionary<Sku, decimal> Costs { get; init; } = new Dictionary<Sku, decimal>();

    public string? Segment { get; init; }

    /// <summary>The customer's first order as far as imported history tells; null where it tells of none.</summary>
    public DateTimeOffset? FirstOrderAt { get; init; }
}

/// <summary>An order as outcomes: the order itself, revenue and refunds, each split by the showing that its lines are credited to.</summary>
public static class OrderOutcomes
{
    /// <summary>
    /// A line that names its offer is credited to that; else the rule decides. Revenue counts when it was ordered, a refund on its own day; what was taken off without a refund never counted.
    /// What the order was credited with before and isn't any more is told again with nothing.
    /// </summary>
    public static IReadOnlyList<Outcome> Of(Order order, IReadOnlyList<Refund> refunds, CustomerJournal journal, CreditTerms terms)
    {
        var first = new[] { journal.FirstOrderAt, terms.FirstOrderAt, order.OrderedAt }.Min()!.Value;
        var returning = first < order.OrderedAt;
        var tags = new OutcomeTags(null, null, terms.Segment, YearMonth.Of(first));
        var back = refunds.SelectMany(refund => refund.Lines.Select(line => (Refund: refund, line.LineId, line.Quantity))).ToLookup(line => line.LineId);
        var lines = order.Lines.Where(line => line.Quantity > 0).Select(line => Credit(line, journal, order, terms, line.Id is { } id ? back[id].Sum(refunded => refunded.Quantity) : 0)).ToList();
        var status = order.Cancelled ? OrderStatus.Cancelled : OrderStatus.Completed;
        var told = new List<Outcome>
        {
            Tell(OutcomeKind.Order, "", order.OrderedAt, lines.Where(line => line.Credited).MaxBy(line => line.Sold * line.Line.UnitPrice.Amount)) with
            {
                Order = new(status, [.. lines.Select(line => new LineFact(line.Role, line.Sold, line.Sold - Math.Min(line.Sold, line.Line.Kept)))]),
            },
        };
        if (!order.Cancelled)
        {
            told.AddRange(lines.GroupBy(line => (Impression: line.Impression ?? "", Currency: Foreign(line))).Select(group => Tell(OutcomeKind.Revenue, group.Key.Impression, order.OrderedAt, group.First(), group.Key.Currency) with
            {
                Amount = group.Sum(line => line.Sold * line.Line.UnitPrice.Amount),
                Margin = group.All(line => line.Margin is not null) ? group.Sum(line => line.Sold * line.Margin) : null,
            }));
            told.AddRange(
                from line in lines
                where line.Line.Id is not null
                from refunded in back[line.Line.Id!]
                group (line, refunded) by (refunded.Refund.Id, Impression: line.Impression ?? "", At: refunded.Refund.At ?? order.UpdatedAt, Currency: Foreign(line)) into refund
                select Tell(OutcomeKind.Refund, $"{refund.Key.Id}|{refund.Key.Impression}", refund.Key.At, refund.First().line, refund.Key.Currency) with
                {
                    Amount = refund.Sum(entry => entry.refunded.Quantity * entry.line.Line.UnitPrice.Amount),
                    Margin = refund.All(entry => entry.line.Margin is not null) ? refund.Sum(entry => entry.refunded.Quantity * entry.line.Margin) : null,
                });
        }

        return [.. told, .. journal.Outcomes.Where(known => known.OrderId == order.Id && !told.Exists(now => now.Kind == known.Kind && now.Id == known.Id)).Select(known => known with { Amount = 0, Margin = 0 })];

        string? Foreign(CreditedLine line) => line.Line.UnitPrice.Currency == terms.Currency ? null : line.Line.UnitPrice.Currency;

        Outcome Tell(OutcomeKind kind, string part, DateTimeOffset at, CreditedLine? by, string? foreign = null) => new(Id(order.Id, part, foreign), kind, at, order.CustomerId)
        {
            OrderId = order.Id,
            Tags = by?.Shown is { } shown ? tags with { Touchpoint = shown.Tags.Touchpoint, Source = shown.Tags.Source } : tags,
            RevenueKind = !returning ? RevenueKind.New : by is { Credited: true } ? RevenueKind.Expansion : RevenueKind.Renewal,
            Currency = foreign,
        };
    }

    /// <summary>An order's own id, and what tells its parts apart: the showing that one is credited to, the currency where it isn't the shop's.</summary>
    internal static string Id(OrderId order, string part, string? foreign) => (part, foreign) switch
    {
        ({ Length: 0 }, null) => order.Value,
        (_, null) => $"{order}|{part}",
        _ => $"{order}|{part}|{foreign}",
    };

    private static CreditedLine Credit(OrderLine line, CustomerJournal journal, Order order, CreditTerms terms, int refunded)
    {
        var impression = line.Offer ?? terms.Rule.Credit(line.Sku, order.OrderedAt, journal.Shown())?.Impression;
        var shown = impression is null ? null : journal.Impression(impression);
        decimal? margin = terms.Costs.TryGetValue(line.Sku, out var cost) ? line.UnitPrice.Amount - cost : null;
        return new(line, impression, shown, Math.Min(line.Quantity, Math.Max(0, line.Kept) + refunded), margin);
    }

    /// <param name="Sold">Units ordered, less what was taken off before it was paid.</param>
    private sealed record CreditedLine(OrderLine Line, string? Impression, Outcome? Shown, int Sold, decimal? Margin)
    {
        public bool Credited => Impression is not null;

        public LineRole Role => Line.UnitPrice.Amount == 0 ? LineRole.Gift : Credited && Shown?.Upsell != true ? LineRole.CrossSell : LineRole.Main;
    }
}
