using Expansion.Engine.Shops;

namespace Expansion.Engine.Affinity.Pairs;

/// <summary>What decides whether a pair is worth a place of its own.</summary>
/// <param name="Verdict">What a person decided; null when nobody has.</param>
public readonly record struct PairStanding(double Support, double Lift, bool Sound, bool Seasonal, PairVerdict? Verdict)
{
    /// <summary>A person's word wins; else the pair must be sound, more than a season, and over the shop's thresholds.</summary>
    public bool IsActionable(ShopSettings settings) => Verdict is { } decided
        ? decided != PairVerdict.Rejected
        : Sound && !Seasonal && Support >= settings.MinSupport && Lift >= settings.MinLift;
}
