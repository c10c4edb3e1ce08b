using Expansion.Engine.Recommendations.Training;

namespace Expansion.Engine.Recommendations;

/// <summary>What a reason in words needs of a product; empty where nothing is known.</summary>
internal sealed record ProductDescription(string Title, string Type, string Vendor)
{
    public static ProductDescription Of(CatalogueProduct? product) => new(product?.Title ?? "", product?.Type ?? "", product?.Vendor ?? "");

    /// <summary>E.g. "same type, same vendor"; null where no attribute is shared.</summary>
    public string? SharedWith(ProductDescription other)
    {
        string?[] shared = [Same(Type, other.Type) ? "same type" : null, Same(Vendor, other.Vendor) ? "same vendor" : null];
        return shared.OfType<string>().ToList() is { Count: > 0 } words ? string.Join(", ", words) : null;
    }

    private static bool Same(string left, string right) => left.Length > 0 && string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
