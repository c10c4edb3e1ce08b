namespace Expansion.Engine.Affinity;

/// <summary>One run of the recompute and its summary.</summary>
/// <param name="Id">Sorts by the time the recompute began.</param>
/// <param name="Baskets">Baskets counted, n.</param>
/// <param name="Products">Products in at least one of them.</param>
/// <param name="Pairs">Pairs in at least the shop's least number of baskets.</param>
public sealed record AffinityGeneration(string Id, DateTimeOffset StartedAt, YearMonth From, YearMonth To, long Baskets, long Products, long Pairs)
{
    /// <summary>Pairs that could have been found, m of the q-values.</summary>
    public long Tested { get; init; }

    /// <summary>Pairs kept with all their measures: the best of each product.</summary>
    public long Kept { get; init; }

    /// <summary>Kept pairs with q ≤ 0.05.</summary>
    public long Sound { get; init; }

    /// <summary>Sound pairs that live only on a common season.</summary>
    public long Seasonal { get; init; }

    /// <summary>Pairs over the shop's thresholds that are sound and not seasonal, or approved.</summary>
    public long Actionable { get; init; }

    /// <summary>Products in at least one actionable pair.</summary>
    public long ActionableProducts { get; init; }

    /// <summary>The lowest support threshold at which pairs over it are still sound, 19 of 20 of them; null when there is none.</summary>
    public double? LowestSoundSupport { get; init; }

    /// <summary>Pairs that would be actionable were <see cref="LowestSoundSupport"/> the threshold.</summary>
    public long PairsAtLowestSoundSupport { get; init; }

    /// <summary>Baskets by calendar month, from <see cref="From"/> to <see cref="To"/>.</summary>
    public IReadOnlyList<int> BasketsByMonth { get; init; } = [];

    /// <summary>The most bought products, best first: what fills an empty shelf.</summary>
    public IReadOnlyList<Bestseller> Bestsellers { get; init; } = [];
}

public sealed record Bestseller(Sku Sku, string? Title, long Baskets);
