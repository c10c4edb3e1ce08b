using Expansion.Engine.Affinity.Delay;
using Expansion.Engine.Affinity.Listing;
using Expansion.Engine.Affinity.Pairs;
using Expansion.Engine.Orders;

namespace Expansion.Engine.Affinity.FirstSteps;

/// <summary>
/// What it is worth that those who buy one product buy another with it. The attach rate to expect is the one there is, P(b | a); the worth is what the tie adds:
/// P(b | a) − P(b | not a) of the month's orders with a, at the price of b. What a suggestion adds on top, at <see cref="OpenOrders"/>, no order tells: that is for an experiment.
/// </summary>
/// <param name="Advice">Where the suggestion is shown.</param>
/// <param name="MonthlyOrders">Orders with the product in the window's average month.</param>
/// <param name="OpenOrders">Those of them without the suggestion: whom it can still win.</param>
/// <param name="AttachRate">Share of the orders with the product that hold the suggestion, P(b | a): 0 to 1, <see cref="Estimate.OfShare"/>.</param>
/// <param name="Otherwise">Share of the orders without the product that hold the suggestion, P(b | not a): 0 to 1.</param>
/// <param name="Gain">The difference, not below 0: <see cref="Estimate.OfDifference"/>.</param>
public sealed record CrossSell(
    Product Product, Product Suggestion, TouchpointAdvice Advice, double MonthlyOrders, double OpenOrders, Estimate AttachRate, double Otherwise, Estimate Gain)
{
    public required double Lift { get; init; }

    public required double Q { get; init; }

    public PairVerdict? Verdict { get; init; }

    /// <summary>One of the suggestion for each order that holds it.</summary>
    public Estimate MonthlyUnits => Gain * MonthlyOrders;

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
        return new(from, to, advice, (double)fromCount / months, (double)(fromCount - both) / months, attached, otherwise.Expected, gain)
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
