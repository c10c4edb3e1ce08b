namespace Expansion.Engine.Affinity;

/// <summary>Two products, <see cref="A"/> before <see cref="B"/> in ordinal order, and how often they are bought: together, each, and all baskets.</summary>
public sealed record Pair(Sku A, Sku B, long Both, long CountA, long CountB, long Baskets)
{
    public double Support => AffinityScore.Support(Both, Baskets);

    public double ConfidenceAb => AffinityScore.Confidence(Both, CountA);

    public double ConfidenceBa => AffinityScore.Confidence(Both, CountB);

    public double Lift => AffinityScore.Lift(Both, CountA, CountB, Baskets);
}
