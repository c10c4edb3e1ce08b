using Expansion.Engine.Recommendations.Catalogue;

namespace Expansion.Engine.Recommendations.Serving;

/// <summary>What a shop's people decide about all recommendations.</summary>
public sealed record RecommendationRules
{
    public const string Document = "recommendation-rules";
    private const int MostRules = 1000;
    private const double MostFactor = 100;

    public RankBy RankBy { get; init; } = RankBy.Affinity;

    /// <summary>Never recommended.</summary>
    public IReadOnlyList<ProductMatch> Exclude { get; init; } = [];

    /// <summary>Ranked higher (factor above 1) or lower (below 1): a product's place, counted from 1, is divided by its factors.</summary>
    public IReadOnlyList<Boost> Boosts { get; init; } = [];

    /// <summary>Types that are bought once and kept, beside the products that say so themselves.</summary>
    public IReadOnlyList<string> DurableTypes { get; init; } = [];

    /// <summary>Products that replace each other, the lowest first; each a list of SKUs.</summary>
    public IReadOnlyList<IReadOnlyList<Sku>> Ladders { get; init; } = [];

    /// <summary>How many of one type and brand may stand on a shelf that others could fill: 1 to 50.</summary>
    public int MostAlike { get; init; } = 2;

    /// <summary>Every mistake, by where it is; empty when all is well.</summary>
    public IReadOnlyDictionary<string, string[]> Validate()
    {
        var errors = new Dictionary<string, string[]>();
        Check("exclude", Exclude.Count <= MostRules, $"must be at most {MostRules}");
        Check("boosts", Boosts.Count <= MostRules, $"must be at most {MostRules}");
        Check("ladders", Ladders.Count <= MostRules, $"must be at most {MostRules}");
        Check("durable_types", DurableTypes.Count <= MostRules, $"must be at most {MostRules}");
        Check("most_alike", MostAlike is >= 1 and <= 50, "must be from 1 to 50");
        for (var i = 0; i < Exclude.Count; i++)
        {
            Check($"exclude[{i}]", Exclude[i].IsOne, ProductMatch.Rule);
        }

        for (var i = 0; i < Boosts.Count; i++)
        {
            Check($"boosts[{i}].match", Boosts[i].Match.IsOne, ProductMatch.Rule);
            Check($"boosts[{i}].factor", Boosts[i].Factor is > 0 and <= MostFactor, $"must be above 0 and at most {MostFactor}");
        }

        for (var i = 0; i < Ladders.Count; i++)
        {
            Check($"ladders[{i}]", Ladders[i].Count > 1 && Ladders[i].Distinct().Count() == Ladders[i].Count, "must be two or more products, the lowest first, none twice");
        }

        return errors;

        void Check(string name, bool valid, string message)
        {
            if (!valid)
            {
                errors[name] = [message];
            }
        }
    }
}

/// <summary>Names products by exactly one of these.</summary>
public sealed record ProductMatch
{
    public const string Rule = "must name exactly one of sku, type, vendor and tag";

    public Sku? Sku { get; init; }

    public string? Type { get; init; }

    public string? Vendor { get; init; }

    public string? Tag { get; init; }

    internal bool IsOne => new[] { Sku?.Value, Type, Vendor, Tag }.Count(name => !string.IsNullOrWhiteSpace(name)) == 1;

    /// <param name="item">Null for a product that isn't in the catalogue, which only its SKU names.</param>
    public bool Matches(Sku sku, CatalogueItem? item) =>
        Sku == sku || Same(Type, item?.Type) || Same(Vendor, item?.Vendor) || (Tag is not null && item?.Tags?.Any(tag => Same(Tag, tag)) == true);

    public override string ToString() => Sku is { } sku ? $"product {sku}" : Type is not null ? $"type {Type}" : Vendor is not null ? $"brand {Vendor}" : $"tag {Tag}";

    private static bool Same(string? wanted, string? given) => wanted is not null && string.Equals(wanted, given, StringComparison.OrdinalIgnoreCase);
}

/// <param name="Factor">Above 0, at most 100.</param>
public sealed record Boost(ProductMatch Match, double Factor);
