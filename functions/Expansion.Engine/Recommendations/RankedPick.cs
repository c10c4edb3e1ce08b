namespace Expansion.Engine.Recommendations;

/// <summary>One product recommended, best first in its list.</summary>
/// <param name="Score">Ranks the picks of one request; not comparable between requests.</param>
/// <param name="Source">The source that did most for it.</param>
/// <param name="Because">The shopper's product that led here; null for habits and bestsellers.</param>
/// <param name="Reason">A sentence for a shopper or a clerk.</param>
/// <param name="Contributions">By how much the score would fall if a source knew nothing of this product; sources that add nothing are left out.</param>
public sealed record RankedPick(
    Sku Sku, double Score, RecommendationSource Source, Sku? Because, string Reason, IReadOnlyList<SourceContribution> Contributions)
{
    /// <summary>Nobody's purchases stand behind it, only how the products are described.</summary>
    public bool LowConfidence => Source == RecommendationSource.Content;
}

public readonly record struct SourceContribution(RecommendationSource Source, double Score);
