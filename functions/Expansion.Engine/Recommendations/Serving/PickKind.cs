namespace Expansion.Engine.Recommendations.Serving;

public enum PickKind
{
    /// <summary>Takes the place of what is looked at: a higher tier, a larger size, a better one of the same kind.</summary>
    Upsell,

    /// <summary>Comes in addition.</summary>
    CrossSell,
}

/// <summary>What picks that pass every filter are ranked by.</summary>
public enum RankBy
{
    /// <summary>How well it goes with what is looked at, by the learned ranking.</summary>
    Affinity,

    /// <summary>What the shop earns by it: price less cost. Without a cost nothing is known to be earned.</summary>
    Margin,

    /// <summary>How much it sells.</summary>
    Popularity,
}
