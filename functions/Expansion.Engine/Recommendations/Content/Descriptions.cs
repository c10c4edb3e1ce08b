using Expansion.Engine.Recommendations.Training;

namespace Expansion.Engine.Recommendations.Content;

/// <summary>What the catalogue says, before any order.</summary>
/// <param name="Alike">Products that are described alike.</param>
/// <param name="Words">By token the products that share it, of tokens few products share: each is a basket somebody filled by hand.</param>
internal sealed record Descriptions(Neighbours Alike, IReadOnlyList<int[]> Words)
{
    private const int MostProductsOfWord = 100;

    /// <param name="products">By number; null for a product nothing is known of.</param>
    public static Descriptions Of(IReadOnlyList<CatalogueProduct?> products, int most, int threads)
    {
        var words = products.SelectMany((product, number) => product is null ? [] : ContentTokens.Of(product).Keys.Select(token => (Token: token, Number: number)))
            .GroupBy(word => word.Token, word => word.Number, StringComparer.Ordinal)
            .OrderBy(word => word.Key, StringComparer.Ordinal)
            .Select(word => word.ToArray())
            .Where(word => word.Length is > 1 and <= MostProductsOfWord);
        return new(ContentNeighbours.Of(products, most, threads), [.. words]);
    }
}
