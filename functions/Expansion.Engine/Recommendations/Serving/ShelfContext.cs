using Expansion.Engine.Recommendations.Catalogue;

namespace Expansion.Engine.Recommendations.Serving;

/// <summary>A pick with what the catalogue knows of it; null for a product it doesn't hold.</summary>
public readonly record struct ShelfCandidate(Pick Pick, CatalogueItem? Item)
{
    public Sku Sku => Pick.Sku;
}

/// <summary>One request together with what the shop's people and its catalogue say of it.</summary>
public sealed class ShelfContext(ShelfRequest request, ShopCatalogue catalogue, RecommendationRules rules, PairVerdicts verdicts)
{
    private HashSet<Sku>? _owned;

    public ShelfRequest Request => request;

    public RecommendationRules Rules => rules;

    public PairVerdicts Verdicts => verdicts;

    public ShopCatalogue Catalogue => catalogue;

    /// <summary>What is looked at and in the cart, as the catalogue knows it.</summary>
    public IReadOnlyList<CatalogueItem> Items { get; } = [.. request.Context.Select(catalogue.Find).OfType<CatalogueItem>()];

    /// <summary>What people want to be shown here, pinned first, each once.</summary>
    public IReadOnlyList<WantedPick> Wanted { get; } = verdicts.Wanted(request.Context);

    public bool IsWanted(Sku sku) => Wanted.Any(choice => choice.Sku == sku);

    public bool IsPinned(Sku sku) => Wanted.Any(choice => choice.Sku == sku && choice.IsPinned);

    public bool Owns(Sku sku) => (_owned ??= [.. request.Purchases.SelectMany(purchase => purchase.Skus)]).Contains(sku);

    public bool IsDurable(CatalogueItem? item) =>
        item?.Durable ?? (item?.Type is { } type && rules.DurableTypes.Contains(type, StringComparer.OrdinalIgnoreCase));
}
