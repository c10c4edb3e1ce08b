namespace Expansion.Engine.Affinity.Delay;

/// <summary>Which of two products customers buy first.</summary>
public enum PairDirection
{
    Either,
    AFirst,
    BFirst,
}

/// <summary>When customers who bought both bought the one and the other: each customer counts once, by the first purchase of each.</summary>
/// <param name="SameOrder">Customers whose first purchases were in one order.</param>
/// <param name="AFirst">Customers who bought b in a later order than a, within the window.</param>
/// <param name="BFirst">Customers who bought a in a later order than b, within the window.</param>
/// <param name="DaysAFirst">Median delay of those who bought a first; null if none did.</param>
/// <param name="DaysBFirst">Median delay of those who bought b first; null if none did.</param>
/// <param name="Days">Median delay of both; null if none.</param>
public sealed record PairDelay(long SameOrder, long AFirst, long BFirst, int? DaysAFirst, int? DaysBFirst, int? Days)
{
    public long Customers => SameOrder + AFirst + BFirst;

    /// <summary>Share of the customers with both who bought the second in a later order; 0 of nobody.</summary>
    public double LaterShare => Customers == 0 ? 0 : (double)(AFirst + BFirst) / Customers;

    /// <summary>The order in which most buy, if more than a coin would: |n(a first) − n(b first)| ≥ 2 √n, the sign test at about 5 %.</summary>
    public PairDirection Direction => Math.Abs(AFirst - BFirst) < 2 * Math.Sqrt(AFirst + BFirst) || AFirst == BFirst
        ? PairDirection.Either
        : AFirst > BFirst ? PairDirection.AFirst : PairDirection.BFirst;

    /// <summary>The same seen from b.</summary>
    public PairDelay Reversed() => new(SameOrder, BFirst, AFirst, DaysBFirst, DaysAFirst, Days);
}
