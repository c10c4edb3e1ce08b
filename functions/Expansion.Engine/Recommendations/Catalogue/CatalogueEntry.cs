namespace Expansion.Engine.Recommendations.Catalogue;

/// <summary>Who tells of products. Each has its own count of time, so that only its own later word replaces an earlier one.</summary>
public enum CatalogueSource
{
    Shopify,
    File,
    Api,

    /// <summary>Stock alone, by location.</summary>
    Inventory,
}

/// <param name="At">When this was so, by the source.</param>
public sealed record ToldItem(CatalogueItem Item, CatalogueSource Source, DateTimeOffset At);

/// <summary>An item as it is known, and when each source spoke of it last.</summary>
public sealed record CatalogueEntry(CatalogueItem Item)
{
    public IReadOnlyDictionary<CatalogueSource, DateTimeOffset> ToldAt { get; init; } = new Dictionary<CatalogueSource, DateTimeOffset>();

    /// <summary>Whether some source has spoken since what the other knows.</summary>
    public bool HasHeardMoreThan(CatalogueEntry other) => ToldAt.Any(told => !other.ToldAt.TryGetValue(told.Key, out var at) || told.Value > at);

    /// <summary>What a source said earlier than its last word changes nothing. Between sources the last to be heard wins, field by field.</summary>
    public CatalogueEntry With(ToldItem told) => ToldAt.TryGetValue(told.Source, out var last) && last > told.At ? this : new(told.Item.Over(Item))
    {
        ToldAt = new Dictionary<CatalogueSource, DateTimeOffset>(ToldAt) { [told.Source] = told.At },
    };

    public static CatalogueEntry Of(ToldItem told) => new CatalogueEntry(new CatalogueItem(told.Item.Sku)).With(told);
}

/// <param name="Before">Null for one that is new.</param>
public sealed record CatalogueChange(CatalogueEntry? Before, CatalogueEntry After);
