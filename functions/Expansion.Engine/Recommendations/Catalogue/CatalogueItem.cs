using Expansion.Engine.Affinity.Delay;

namespace Expansion.Engine.Recommendations.Catalogue;

/// <summary>What can be put into a cart: a product, or one variant of it. A field that is null was not told, and leaves what was told before.</summary>
public sealed record CatalogueItem(Sku Sku)
{
    /// <summary>The product's name, without its variant's.</summary>
    public string? Title { get; init; }

    /// <summary>The source's own id of the product; its variants share it.</summary>
    public string? ProductId { get; init; }

    public string? VariantId { get; init; }

    /// <summary>What its stock is told under, where that has a name of its own.</summary>
    public string? InventoryItem { get; init; }

    /// <summary>The product's name in its page's address.</summary>
    public string? Handle { get; init; }

    /// <summary>What tells the variant from its siblings, in the shop's order, e.g. Size: 250 g.</summary>
    public IReadOnlyList<ItemOption>? Options { get; init; }

    public string? Type { get; init; }

    /// <summary>The brand.</summary>
    public string? Vendor { get; init; }

    public IReadOnlyList<string>? Tags { get; init; }

    public Money? Price { get; init; }

    /// <summary>The struck-through price beside it.</summary>
    public Money? CompareAtPrice { get; init; }

    /// <summary>What one costs the shop.</summary>
    public Money? Cost { get; init; }

    /// <summary>How many are left; below 0 where more were sold than there were.</summary>
    public long? Stock { get; init; }

    /// <summary>Whether it can be bought with none left: the stock isn't tracked, or more is on its way.</summary>
    public bool? SellsWithoutStock { get; init; }

    public ItemStatus? Status { get; init; }

    /// <summary>Whether the shop shows it.</summary>
    public bool? Published { get; init; }

    public bool? GiftCard { get; init; }

    /// <summary>Bought once and kept: not recommended to whoever has it.</summary>
    public bool? Durable { get; init; }

    /// <summary>Decides the touchpoint of modules and add-ons.</summary>
    public ProductKind? Kind { get; init; }

    /// <summary>Address of a picture.</summary>
    public string? Image { get; init; }

    /// <summary>What its variants share: the product's id, else its handle; null where neither is known.</summary>
    public string? Family() => ProductId ?? Handle;

    /// <summary>False only where it is known that none is left.</summary>
    public bool InStock() => Stock is null or > 0 || SellsWithoutStock == true;

    /// <summary>Whether a visitor would be shown the same: all but how many are left.</summary>
    public bool LooksLike(CatalogueItem other) =>
        InStock() == other.InStock() && (Tags ?? []).SequenceEqual(other.Tags ?? []) && (Options ?? []).SequenceEqual(other.Options ?? [])
        && this with { Stock = null, SellsWithoutStock = null, Tags = null, Options = null } == other with { Stock = null, SellsWithoutStock = null, Tags = null, Options = null };

    /// <summary>Title and variant, e.g. Espresso - 250 g; null without a title.</summary>
    public string? FullTitle() => Title is null || Variant() is not { } variant ? Title : $"{Title} - {variant}";

    /// <summary>The options in one line, e.g. Black / M; null where the product has no variants.</summary>
    public string? Variant() => Options is { Count: > 0 } options && !options.All(option => option.Value == ItemOption.None)
        ? string.Join(" / ", options.Select(option => option.Value))
        : null;

    /// <summary>Together with what was told before.</summary>
    public CatalogueItem Over(CatalogueItem older) => new(Sku)
    {
        Title = Title ?? older.Title,
        ProductId = ProductId ?? older.ProductId,
        VariantId = VariantId ?? older.VariantId,
        InventoryItem = InventoryItem ?? older.InventoryItem,
        Handle = Handle ?? older.Handle,
        Options = Options ?? older.Options,
        Type = Type ?? older.Type,
        Vendor = Vendor ?? older.Vendor,
        Tags = Tags ?? older.Tags,
        Price = Price ?? older.Price,
        CompareAtPrice = CompareAtPrice ?? older.CompareAtPrice,
        Cost = Cost ?? older.Cost,
        Stock = Stock ?? older.Stock,
        SellsWithoutStock = SellsWithoutStock ?? older.SellsWithoutStock,
        Status = Status ?? older.Status,
        Published = Published ?? older.Published,
        GiftCard = GiftCard ?? older.GiftCard,
        Durable = Durable ?? older.Durable,
        Kind = Kind ?? older.Kind,
        Image = Image ?? older.Image,
    };
}

public readonly record struct ItemOption(string Name, string Value)
{
    /// <summary>Shopify's word for the only variant there is.</summary>
    public const string None = "Default Title";
}

public enum ItemStatus
{
    Active,

    /// <summary>Being prepared.</summary>
    Draft,

    /// <summary>No longer sold.</summary>
    Archived,

    /// <summary>Gone from the shop; kept for what its orders taught.</summary>
    Deleted,
}
