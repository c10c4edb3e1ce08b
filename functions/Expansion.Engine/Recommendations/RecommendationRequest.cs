namespace Expansion.Engine.Recommendations;

/// <summary>What is known of a shopper when something is to be recommended. All of it may be empty.</summary>
public sealed record RecommendationRequest(RecommendationTask Task)
{
    /// <summary>What is looked at or in the cart; never recommended.</summary>
    public IReadOnlyCollection<Sku> Basket { get; init; } = [];

    /// <summary>The customer's earlier orders, in any order.</summary>
    public IReadOnlyList<PastPurchase> Orders { get; init; } = [];

    /// <summary>The present; null for the moment the model was trained at.</summary>
    public DateTimeOffset? Now { get; init; }

    /// <summary>1 to 300.</summary>
    public int Limit { get; init; } = 10;

    /// <summary>One source alone, filled with bestsellers; null for all of them together.</summary>
    public RecommendationSource? Only { get; init; }
}

/// <param name="At">Null where the time isn't known; it then counts as old as the oldest that can matter.</param>
public readonly record struct PastPurchase(DateTimeOffset? At, IReadOnlyList<Sku> Skus);
