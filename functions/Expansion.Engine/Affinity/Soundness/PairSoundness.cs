namespace Expansion.Engine.Affinity.Soundness;

/// <summary>What one pair's counts say about luck. The q-value takes all pairs: <see cref="FalseDiscovery"/>.</summary>
/// <param name="Expected">Common baskets to expect if the two had nothing to do with each other.</param>
/// <param name="Interval">95 % confidence interval of the lift.</param>
/// <param name="ShrunkenLift">The lift to rank by.</param>
public readonly record struct PairSoundness(double Expected, LogProbability P, LiftInterval Interval, double ShrunkenLift)
{
    public static PairSoundness Of(PairCounts counts) =>
        new(counts.Expected, PairTest.PValue(counts), LiftInterval.Of(counts), Soundness.ShrunkenLift.Of(counts));
}
