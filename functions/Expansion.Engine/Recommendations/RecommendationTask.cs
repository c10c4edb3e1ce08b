namespace Expansion.Engine.Recommendations;

/// <summary>What is asked for. Each has weights of its own, since what helps one harms another.</summary>
public enum RecommendationTask
{
    /// <summary>What else belongs into this basket: product page, cart, checkout.</summary>
    Basket,

    /// <summary>What the customer buys next, reorders among it: account page, reminder.</summary>
    NextPurchase,

    /// <summary>What the customer buys next and never bought: discovery.</summary>
    Discovery,
}
