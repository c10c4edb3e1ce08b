namespace Expansion.Engine.Recommendations.Training;

/// <summary>What is known of a product before anybody bought it.</summary>
public sealed record CatalogueProduct(Sku Sku)
{
    public string? Title { get; init; }

    public string? Type { get; init; }

    public string? Vendor { get; init; }

    public IReadOnlyList<string> Tags { get; init; } = [];
}
