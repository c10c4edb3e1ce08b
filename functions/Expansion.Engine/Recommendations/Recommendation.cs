using Expansion.Engine.Affinity;

namespace Expansion.Engine.Recommendations;

public enum RecommendationSource
{
    Affinity,
    Bestseller,
    Collaborative,
    Content,
    Habit,
}

/// <param name="Score">What the picks of one source are ranked by, 0 to 1; not comparable between sources.</param>
/// <param name="Reason">One sentence for a clerk or a shopper.</param>
/// <param name="Because">The rules that led here, strongest first; empty for a bestseller.</param>
public sealed record Recommendation(Sku Sku, string? Title, RecommendationSource Source, double Score, string Reason, IReadOnlyList<Evidence> Because);

/// <summary>One pair with every measure, read from the context product to its partner.</summary>
public sealed record Evidence(
    Sku Product, string? ProductTitle, Sku Partner, string? PartnerTitle, long Both, long ProductBaskets, long PartnerBaskets, long Baskets)
{
    public double Support => AffinityScore.Support(Both, Baskets);

    public double Confidence => AffinityScore.Confidence(Both, ProductBaskets);

    public double ConfidenceBack => AffinityScore.Confidence(Both, PartnerBaskets);

    public double Lift => AffinityScore.Lift(Both, ProductBaskets, PartnerBaskets, Baskets);

    /// <summary>Share of luck to expect among pairs at least as sound.</summary>
    public double Q { get; init; } = 1;

    /// <summary>What a person decided about the pair, if anybody did.</summary>
    public PairVerdict? Verdict { get; init; }

    /// <summary>Where the pair works best, and how many days after the purchase when it isn't the visit itself.</summary>
    public Touchpoint Touchpoint { get; init; }

    public int? AfterDays { get; init; }

    internal bool Pinned => Verdict == PairVerdict.Pinned;

    public static Evidence Of(ProductAffinity product, Partner partner, long baskets) =>
        new(product.Sku, product.Title, partner.Sku, partner.Title, partner.Both, product.Baskets, partner.Baskets, baskets)
        {
            Q = partner.Q,
            Verdict = partner.Verdict,
            Touchpoint = partner.Touchpoint,
            AfterDays = partner.AfterDays,
        };

    public string InWords() => Both == 0
        ? $"Chosen by hand to go with {ProductTitle ?? Product.Value}."
        : FormattableString.Invariant($"{Both} of the {ProductBaskets} orders with {ProductTitle ?? Product.Value} also hold it ({Confidence:P0}), {Lift:0.0} times as often as by chance.");
}
