using System.Globalization;
using Expansion.Engine;
using Expansion.Engine.Recommendations.Catalogue;

namespace Expansion.Connectors.Shopify;

/// <summary>A product as Shopify's Ajax API answers it: prices are integers, hundredths of the currency's unit; what the catalogue doesn't hold is null or empty.</summary>
public sealed record AjaxProduct(
    long? Id, string? Title, string? Handle, string? Description, DateTimeOffset? PublishedAt, DateTimeOffset? CreatedAt, string? Vendor, string? Type, IReadOnlyList<string> Tags,
    long Price, long PriceMin, long PriceMax, bool Available, bool PriceVaries, long? CompareAtPrice, long CompareAtPriceMin, long CompareAtPriceMax, bool CompareAtPriceVaries,
    IReadOnlyList<AjaxVariant> Variants, IReadOnlyList<string> Images, string? FeaturedImage, IReadOnlyList<AjaxOption> Options, string Url)
{
    public IReadOnlyList<object> Media { get; } = [];

    public bool RequiresSellingPlan { get; }

    public IReadOnlyList<object> SellingPlanGroups { get; } = [];

    /// <param name="variants">All of the product, at least one.</param>
    /// <param name="beside">The product it is recommended with, for the storefront's own reports.</param>
    public static AjaxProduct Of(IReadOnlyList<CatalogueItem> variants, string beside)
    {
        var sold = variants.Where(variant => variant.Status is null or ItemStatus.Active).ToList();
        var (first, prices, compareAt) = (
            sold.FirstOrDefault(variant => variant.InStock()) ?? variants[0],
            sold.Select(variant => Cents(variant.Price) ?? 0).DefaultIfEmpty().ToList(),
            sold.Select(variant => Cents(variant.CompareAtPrice) ?? 0).DefaultIfEmpty().ToList());
        var images = variants.Select(variant => ProtocolRelative(variant.Image)).OfType<string>().Distinct().ToList();
        return new(
            Number(first.ProductId), first.Title, first.Handle, null, null, null, first.Vendor, first.Type, first.Tags ?? [],
            prices.Min(), prices.Min(), prices.Max(), sold.Exists(variant => variant.InStock()), prices.Min() != prices.Max(),
            compareAt.Min() > 0 ? compareAt.Min() : null, compareAt.Min(), compareAt.Max(), compareAt.Min() != compareAt.Max(),
            [.. sold.Select(AjaxVariant.Of)], images, images.FirstOrDefault(), OptionsOf(sold),
            $"/products/{first.Handle}?pr_prod_strat=expansion&pr_rec_pid={first.ProductId}&pr_ref_pid={beside}&pr_seq=uniform");
    }

    /// <summary>1/100 of the unit whatever the currency, as there.</summary>
    internal static long? Cents(Money? price) => price is { } known ? (long)decimal.Round(known.Amount * 100, 0, MidpointRounding.AwayFromZero) : null;

    internal static long? Number(string? id) => long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    internal static string? ProtocolRelative(string? image) => image is null ? null : image.StartsWith("https:", StringComparison.Ordinal) ? image["https:".Length..] : image;

    private static IReadOnlyList<AjaxOption> OptionsOf(List<CatalogueItem> variants) =>
        [.. variants.SelectMany(variant => variant.Options ?? []).GroupBy(option => option.Name).Select((option, place) => new AjaxOption(option.Key, place + 1, [.. option.Select(one => one.Value).Distinct()]))];
}

public sealed record AjaxOption(string Name, int Position, IReadOnlyList<string> Values);
