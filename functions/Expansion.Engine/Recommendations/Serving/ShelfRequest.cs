namespace Expansion.Engine.Recommendations.Serving;

/// <summary>What is to be recommended, to whom, and beside what.</summary>
public sealed record ShelfRequest
{
    /// <summary>What is looked at and what lies in the cart; neither is ever recommended.</summary>
    public IReadOnlyList<Sku> Context { get; init; } = [];

    public Touchpoint Touchpoint { get; init; }

    /// <summary>What the customer bought before, in any order; empty for one who isn't known.</summary>
    public IReadOnlyList<PastPurchase> Purchases { get; init; } = [];

    /// <summary>Whether the shelf is for what the customer hasn't bought before.</summary>
    public bool OnlyNew { get; init; }

    /// <summary>Null for both.</summary>
    public PickKind? Kind { get; init; }

    /// <summary>Null for what the shop's rules say.</summary>
    public RankBy? RankBy { get; init; }

    /// <summary>1 to 50.</summary>
    public int Limit { get; init; } = 4;
}
