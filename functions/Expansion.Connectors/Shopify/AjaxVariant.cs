using Expansion.Engine.Recommendations.Catalogue;

namespace Expansion.Connectors.Shopify;

/// <summary>A variant as Shopify's Ajax API answers it.</summary>
public sealed record AjaxVariant(
    long? Id, string Title, string? Option1, string? Option2, string? Option3, string Sku, string? FeaturedImage, bool Available, string? Name, string? PublicTitle,
    IReadOnlyList<string> Options, long Price, long? CompareAtPrice)
{
    public bool RequiresShipping { get; } = true;

    public bool Taxable { get; } = true;

    public int Weight { get; }

    public string? InventoryManagement { get; }

    public string? Barcode { get; }

    public IReadOnlyList<object> QuantityPriceBreaks { get; } = [];

    public bool RequiresSellingPlan { get; }

    public IReadOnlyList<object> SellingPlanAllocations { get; } = [];

    public static AjaxVariant Of(CatalogueItem item)
    {
        var options = (item.Options ?? []).Select(option => option.Value).ToList();
        return new(
            AjaxProduct.Number(item.VariantId), item.Variant() ?? ItemOption.None, options.ElementAtOrDefault(0), options.ElementAtOrDefault(1), options.ElementAtOrDefault(2),
            item.Sku.Value, AjaxProduct.ProtocolRelative(item.Image), item.InStock(), item.FullTitle(), item.Variant(), options,
            AjaxProduct.Cents(item.Price) ?? 0, AjaxProduct.Cents(item.CompareAtPrice));
    }
}
