using Expansion.Engine.Affinity.Pairs;
using Expansion.Engine.Recommendations;

namespace Expansion.Engine.Affinity;

/// <summary>One product and its partners, best first.</summary>
/// <param name="Baskets">Baskets that hold the product.</param>
public sealed record ProductAffinity(Sku Sku, string? Title, long Baskets, IReadOnlyList<Partner> Partners)
{
    /// <summary>Median days until the same customer buys it again; null unless it is a consumable.</summary>
    public int? RepurchaseDays { get; init; }

    /// <summary>Baskets that hold the product by calendar month of the generation; empty for one that was never bought.</summary>
    public IReadOnlyList<int> BasketsByMonth { get; init; } = [];

    /// <summary>The same with a person's word on one of its pairs; a pair nobody has bought is added by hand.</summary>
    public ProductAffinity With(Partner partner, PairVerdict? verdict)
    {
        var known = Partners.FirstOrDefault(other => other.Sku == partner.Sku) ?? partner;
        return this with { Partners = [.. Partners.Where(other => other.Sku != partner.Sku).Append(known with { Verdict = verdict }).Order(Partner.BestFirst)] };
    }
}

/// <param name="Baskets">Baskets that hold the partner.</param>
/// <param name="Both">Baskets that hold both; 0 for a pair made by hand.</param>
public sealed record Partner(Sku Sku, string? Title, long Baskets, long Both)
{
    /// <summary>Pinned pairs, then the most often together, then the rarer partner, then by name.</summary>
    public static IComparer<Partner> BestFirst { get; } = Comparer<Partner>.Create((x, y) =>
        (y.Verdict == PairVerdict.Pinned, y.Both, -y.Baskets).CompareTo((x.Verdict == PairVerdict.Pinned, x.Both, -x.Baskets)) is var order and not 0
            ? order
            : x.Sku.CompareTo(y.Sku));

    public double Q { get; init; } = 1;

    public double ShrunkenLift { get; init; }

    /// <summary>The months of the year, 1 to 12, that alone make the pair; empty when it is no seasonal pair.</summary>
    public IReadOnlyList<int> OnlyInMonths { get; init; } = [];

    public Touchpoint Touchpoint { get; init; }

    /// <summary>Days to wait after the product was bought; null where the moment is the visit itself.</summary>
    public int? AfterDays { get; init; }

    /// <summary>What a person decided; null when nobody has.</summary>
    public PairVerdict? Verdict { get; init; }

    /// <summary>A person's word wins; else the pair must be sound, and in season if it lives on one.</summary>
    public bool CanBeShown(int month) => Verdict switch
    {
        PairVerdict.Rejected => false,
        PairVerdict.Approved or PairVerdict.Pinned => true,
        _ => Q <= ScoredPair.MostQ && (OnlyInMonths.Count == 0 || OnlyInMonths.Contains(month)),
    };
}
