using Expansion.Engine.Experiments.Statistics;

namespace Expansion.Engine.Experiments.Bandit;

/// <summary>One visitor of a bandit, as logged.</summary>
/// <param name="Propensity">The chance with which the variation was given, above 0.</param>
/// <param name="Predicted">What each variation was expected to bring, from visitors before this one; for the doubly robust estimate.</param>
public sealed record BanditExposure(int Variation, double Propensity, double Reward, IReadOnlyList<double>? Predicted = null);

/// <summary>What a variation would have brought, had everybody got it. Null without exposures.</summary>
public sealed record OffPolicyEstimate(double? Value, double? Se, Interval? Interval)
{
    /// <summary>Inverse propensity: mean of 1{a = variation} r / p (Horvitz, Thompson, JASA 47, 1952). Without bias however the traffic moved.</summary>
    public static OffPolicyEstimate InversePropensity(IEnumerable<BanditExposure> log, int variation) =>
        Of(log.Select(exposure => exposure.Variation == variation ? exposure.Reward / exposure.Propensity : 0));

    /// <summary>Mean of m + 1{a = variation} (r − m) / p, m the prediction: without bias whatever m is, and with less noise the better it is (Dudík, Langford, Li, ICML 2011).</summary>
    public static OffPolicyEstimate DoublyRobust(IEnumerable<BanditExposure> log, int variation) => Of(log.Select(exposure =>
    {
        var predicted = exposure.Predicted?[variation] ?? 0;
        return predicted + (exposure.Variation == variation ? (exposure.Reward - predicted) / exposure.Propensity : 0);
    }));

    private static OffPolicyEstimate Of(IEnumerable<double> values)
    {
        var statistic = MeanStatistic.Of(values);
        return statistic.Estimate is { } mean && Effect.Of(mean.Value, mean.Variance) is { } effect
            ? new(effect.Value, effect.Se, effect.Within(Normal.Width(0.05)))
            : new(statistic.Mean, null, null);
    }
}
