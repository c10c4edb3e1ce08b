using Expansion.Engine.Affinity.Delay;
using Expansion.Engine.Affinity.Listing;
using Expansion.Engine.Affinity.Pairs;
using Expansion.Engine.Orders;

namespace Expansion.Engine.Affinity.FirstSteps;

/// <summary>
/// What it may bring to suggest one product to those who buy another. The gain is what the tie does today: by how much an order with the product more often
/// holds the suggestion than an order without it, P(b | a) − P(b | not a). It is taken to work as well on those who order the product without the suggestion, once
/// they see it: an assumption to plan with, until impressions and conversions are measured.
/// </summary>
/// <param name="Advice">Where the suggestion is shown.</param>
/// <param name="MonthlyOrders">Orders with the product in the window's average month.</param>
/// <param name="OpenOrders">Those of them without the suggestion: who can still be won.</param>
/// <param name="AttachRate">Share of the orders with the product that hold the suggestion today: 0 to 1, <see cref="Estimate.OfShare"/>.</param>
/// <param name="Gain">Share of the open orders that is expected to take it: 0 to 1, <see cref="Estimate.OfDifference"/>.</param>
public sealed record CrossSell(
    Product Product, Product Suggestion, TouchpointAdvice Advice, double MonthlyOrders, double OpenOrders, Estimate AttachRate, Estimate Gain)
{
    public required double Lift { get; init; }

    public required double Q { get; init; }

    public PairVerdict? Verdict { get; init; }

    /// <summary>One of the suggestion for each order that takes it.</summary>
    public Estimate MonthlyUnits => Gain * OpenOrders;

    /// <summary>At the suggestion's last price; null when it isn't known.</summary>
    public MoneyEstimate? MonthlyRevenue => Suggestion.Price is { } price ? MoneyEstimate.Of(MonthlyUnits, price) : null;

    /// <param name="months">Calendar months in the window, 1 and up.</param>
    public static CrossSell AToB(ListedPair pair, ScoredPair scored, int months) =>
        Of(pair, scored, months, scored.ProductA, scored.ProductB, scored.Pair.CountA, scored.Pair.CountB, scored.AdviceAb);

    public static CrossSell BToA(ListedPair pair, ScoredPair scored, int months) =>
        Of(pair, scored, months, scored.ProductB, scored.ProductA, scored.Pair.CountB, scored.Pair.CountA, scored.AdviceBa);

    private static CrossSell Of(ListedPair pair, ScoredPair scored, int months, Product from, Product to, long fromCount, long toCount, TouchpointAdvice advice)
    {
        var (both, baskets) = (scored.Pair.Both, scored.Pair.Baskets);
        var attached = Estimate.OfShare(both, fromCount);
        var otherwise = Estimate.OfShare(toCount - both, baskets - fromCount);
        var gain = Estimate.OfDifference(attached, otherwise).AtLeastZero();
        return new(from, to, advice, (double)fromCount / months, (double)(fromCount - both) / months, attached, gain)
        {
            Lift = scored.Pair.Lift,
            Q = scored.Q,
            Verdict = pair.Decision?.Verdict,
        };
    }
}

/// <summary>An expected amount, and the 95 % interval around it.</summary>
public sealed record MoneyEstimate(string Currency, decimal Low, decimal Expected, decimal High)
{
    public static MoneyEstimate Of(Estimate units, Money price) =>
        new(price.Currency, Amount(units.Low, price), Amount(units.Expected, price), Amount(units.High, price));

    /// <exception cref="InvalidOperationException">The currencies differ.</exception>
    public static MoneyEstimate operator +(MoneyEstimate left, MoneyEstimate right) => left.Currency == right.Currency
        ? new(left.Currency, left.Low + right.Low, left.Expected + right.Expected, left.High + right.High)
        : throw new InvalidOperationException($"{left.Currency} and {right.Currency} don't add up.");

    private static decimal Amount(double units, Money price) => Math.Round((decimal)units * price.Amount, 2);
}
