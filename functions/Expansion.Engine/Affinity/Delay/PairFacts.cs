namespace Expansion.Engine.Affinity.Delay;

/// <summary>What is sold, as far as it decides when it is wanted.</summary>
public enum ProductKind
{
    /// <summary>Anything without a moment of its own.</summary>
    Goods,

    /// <summary>Part of a software product, chosen while setting it up.</summary>
    Module,

    /// <summary>An extra to a software product, wanted once it is in use.</summary>
    AddOn,
}

/// <summary>All that decides where a suggestion is shown: b is suggested to somebody who buys or has a.</summary>
/// <param name="Kind">What b is.</param>
/// <param name="Customers">Customers who bought both, in one order or within the window of each other: <see cref="PairDelay.Customers"/>.</param>
/// <param name="SameBasketShare">Share of those who bought them in one order, 0 to 1: 1 − <see cref="PairDelay.LaterShare"/>.</param>
/// <param name="DelayDays">Median delay from a to b of the rest; null when b isn't bought after a.</param>
/// <param name="PriceRatio">Price of b over price of a; null when a price is unknown or in another currency.</param>
public sealed record PairFacts(ProductKind Kind, long Customers, double SameBasketShare, int? DelayDays, double? PriceRatio)
{
    public static PairFacts Of(ProductKind kind, PairDelay delay, double? priceRatio) =>
        new(kind, delay.Customers, 1 - delay.LaterShare, delay.Direction == PairDirection.BFirst ? null : delay.DaysAFirst, priceRatio);
}
