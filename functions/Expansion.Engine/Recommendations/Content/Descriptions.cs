using Expansion.Engine.Recommendations.Training;

namespace Expansion.Engine.Recommendations.Content;

/// <summary>What the catalogue says, before any order.</summary>
/// <param name="Alike">Products that are described alike.</param>
/// <param name="Families">Products that share a word, a class or the beginning of their SKU, of those that few products share: each is a basket that the merchant filled.</param>
internal sealed record Descriptions(Neighbours Alike, IReadOnlyList<int[]> Families)
{
    private const int MostProductsOfFamily = 100;

    /// <param name="skus">By number.</param>
    /// <param name="products">By number; null for a product nothing else is known of.</param>
    public static Descriptions Of(IReadOnlyList<Sku> skus, IReadOnlyList<CatalogueProduct?> products, int most, int threads)
    {
        var families = skus.SelectMany((sku, number) => Names(sku, products[number]).Select(name => (Name: name, Number: number)))
            .GroupBy(name => name.Name, name => name.Number, StringComparer.Ordinal)
            .OrderBy(family => family.Key, StringComparer.Ordinal)
            .Select(family => family.ToArray())
            .Where(family => family.Length is > 1 and <= MostProductsOfFamily);
        return new(ContentNeighbours.Of(products, most, threads), [.. families]);
    }

    /// <summary>Colours and sizes of one product mostly differ in the last one or two characters of their SKU.</summary>
    private static IEnumerable<string> Names(Sku sku, CatalogueProduct? product)
    {
        const int Longest = 2;
        const int Shortest = 3;
        var beginnings = Enumerable.Range(1, Longest).Where(left => sku.Value.Length - left >= Shortest).Select(left => $"#{left}:{sku.Value[..^left]}");
        return product is null ? beginnings : beginnings.Concat(ContentTokens.Of(product).Keys);
    }
}
