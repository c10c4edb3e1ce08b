namespace Expansion.Engine.Metrics.Facts;

public enum RevenueKind
{
    New,
    Renewal,

    /// <summary>Upsell, cross-sell, add-on or seats, of a customer there already was.</summary>
    Expansion,
    Reactivation,

    /// <summary>Of imported history: nobody knows what led to it.</summary>
    Uncredited,
}

/// <summary>Revenue net of refunds, without tax and shipping, in the shop's currency; a refund counts on its own day. Combines with +.</summary>
/// <param name="Customers">Who was active, with revenue or without.</param>
public sealed record RevenueSums(decimal Total, decimal Expansion, CustomerSet Customers)
{
    public static RevenueSums None { get; } = new(0, 0, CustomerSet.Empty);

    /// <summary>The part of the total that can't be told to be expansion or not.</summary>
    public decimal Uncredited { get; init; }

    /// <param name="amount">Of a sale; a refund is taken off.</param>
    public static RevenueSums Of(decimal amount, RevenueKind kind, bool refund)
    {
        var signed = refund ? -amount : amount;
        return None with { Total = signed, Expansion = kind == RevenueKind.Expansion ? signed : 0, Uncredited = kind == RevenueKind.Uncredited ? signed : 0 };
    }

    public static RevenueSums operator +(RevenueSums left, RevenueSums right) =>
        new(left.Total + right.Total, left.Expansion + right.Expansion, left.Customers + right.Customers) { Uncredited = left.Uncredited + right.Uncredited };

    public static RevenueSums Add(RevenueSums left, RevenueSums right) => left + right;
}
