using Expansion.Engine;
using Expansion.Engine.Recommendations;
using Expansion.Engine.Recommendations.Serving;

namespace Expansion.Functions.Recommendations;

/// <summary>A recommendation as it is answered: what it is, where it comes from, and why.</summary>
/// <param name="Because">The pairs that led here, where affinity alone was asked.</param>
/// <param name="LowConfidence">True where nobody's purchases stand behind it; else missing.</param>
internal sealed record RecommendedItem(
    Sku Sku, string? Title, PickKind Kind, RecommendationSource Source, double Score, string Reason, IReadOnlyList<Evidence> Because, bool? LowConfidence)
{
    public Money? Price { get; init; }

    public Money? CompareAtPrice { get; init; }

    public string? ProductId { get; init; }

    public string? VariantId { get; init; }

    public string? Handle { get; init; }

    public string? Image { get; init; }

    public static RecommendedItem Of(ShelfCandidate candidate)
    {
        var (pick, item) = (candidate.Pick, candidate.Item);
        return new(pick.Sku, item?.FullTitle() ?? pick.Title, pick.Kind, pick.Source, pick.Score, pick.Reason, pick.Because, pick.LowConfidence ? true : null)
        {
            Price = item?.Price,
            CompareAtPrice = item?.CompareAtPrice,
            ProductId = item?.ProductId,
            VariantId = item?.VariantId,
            Handle = item?.Handle,
            Image = item?.Image,
        };
    }
}
