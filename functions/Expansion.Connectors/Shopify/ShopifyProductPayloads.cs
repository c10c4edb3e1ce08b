using System.Text.Json;

namespace Expansion.Connectors.Shopify;

/// <summary>What is read of a product's body. Only its id is required: include_fields may leave out the rest.</summary>
internal sealed record ProductPayload
{
    public required long Id { get; init; }

    public string? Title { get; init; }

    public string? Handle { get; init; }

    public string? ProductType { get; init; }

    public string? Vendor { get; init; }

    /// <summary>One text, separated by commas.</summary>
    public string? Tags { get; init; }

    public string? Status { get; init; }

    public DateTimeOffset? PublishedAt { get; init; }

    public DateTimeOffset? UpdatedAt { get; init; }

    public IReadOnlyList<VariantPayload?>? Variants { get; init; }

    public IReadOnlyList<OptionPayload?>? Options { get; init; }

    public IReadOnlyList<ImagePayload?>? Images { get; init; }

    /// <summary>All variants, where <see cref="Variants"/> holds only the first 100.</summary>
    public IReadOnlyList<JsonElement>? VariantGids { get; init; }
}

internal sealed record VariantPayload
{
    public long? Id { get; init; }

    public string? Sku { get; init; }

    public decimal? Price { get; init; }

    public decimal? CompareAtPrice { get; init; }

    public string? InventoryPolicy { get; init; }

    /// <summary>Null where the stock isn't tracked; missing from newer versions, which don't say.</summary>
    public JsonElement InventoryManagement { get; init; }

    public long? InventoryQuantity { get; init; }

    public long? InventoryItemId { get; init; }

    public string? Option1 { get; init; }

    public string? Option2 { get; init; }

    public string? Option3 { get; init; }

    public long? ImageId { get; init; }
}

internal sealed record OptionPayload
{
    public string? Name { get; init; }
}

internal sealed record ImagePayload
{
    public long? Id { get; init; }

    public string? Src { get; init; }
}
