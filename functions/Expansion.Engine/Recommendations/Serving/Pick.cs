namespace Expansion.Engine.Recommendations.Serving;

/// <summary>A product that could be recommended, before the shop's rules.</summary>
/// <param name="Score">Ranks the picks of one source or model; not comparable between requests.</param>
/// <param name="Reason">A sentence for a shopper or a clerk.</param>
public sealed record Pick(Sku Sku, RecommendationSource Source, double Score, string Reason)
{
    public string? Title { get; init; }

    public PickKind Kind { get; init; } = PickKind.CrossSell;

    /// <summary>The rules that led here, strongest first; empty where no single one did.</summary>
    public IReadOnlyList<Evidence> Because { get; init; } = [];

    /// <summary>Nobody's purchases stand behind it.</summary>
    public bool LowConfidence { get; init; }

    public static Pick Of(RankedPick pick) => new(pick.Sku, pick.Source, pick.Score, pick.Reason) { LowConfidence = pick.LowConfidence };

    public static Pick Of(Recommendation pick) => new(pick.Sku, pick.Source, pick.Score, pick.Reason) { Title = pick.Title, Because = pick.Because };
}
