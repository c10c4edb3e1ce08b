using Expansion.Engine.Metrics.Facts;

namespace Expansion.Engine.Metrics;

/// <summary>All that the metrics of a period need. Days and slices of customers combine with +, in any order.</summary>
public sealed record PeriodSums
{
    public static PeriodSums None { get; } = new();

    public OrderSums Orders { get; init; }

    public OfferSums Offers { get; init; }

    public RevenueSums Revenue { get; init; } = RevenueSums.None;

    /// <summary>What isn't in <see cref="Revenue"/>, because it isn't in the shop's currency.</summary>
    public OtherCurrencies Elsewhere { get; init; } = OtherCurrencies.None;

    /// <summary>Counted on the first day of a month; over several months a customer counts once in each.</summary>
    public PlanSums Plans { get; init; }

    /// <summary>Of one month, kept with its first day.</summary>
    public MrrMovements Mrr { get; init; } = MrrMovements.None;

    public static PeriodSums operator +(PeriodSums left, PeriodSums right) => new()
    {
        Orders = left.Orders + right.Orders,
        Offers = left.Offers + right.Offers,
        Revenue = left.Revenue + right.Revenue,
        Elsewhere = left.Elsewhere + right.Elsewhere,
        Plans = left.Plans + right.Plans,
        Mrr = left.Mrr + right.Mrr,
    };

    public static PeriodSums Add(PeriodSums left, PeriodSums right) => left + right;
}
