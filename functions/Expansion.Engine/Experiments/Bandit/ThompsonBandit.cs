using Expansion.Engine.Experiments.Bayes;
using Expansion.Engine.Experiments.Statistics;

namespace Expansion.Engine.Experiments.Bandit;

/// <summary>
/// Thompson sampling with its chances computed rather than drawn: each arm gets the traffic of its chance to be the best (Thompson, Biometrika 25, 1933).
/// The chances are what visitors are assigned with and what is logged, so that results can still be estimated without bias.
/// </summary>
public static class ThompsonBandit
{
    /// <summary>The chance of each arm, adding up to 1. Update it in batches, e.g. once a day.</summary>
    /// <param name="floor">No arm falls below it: an arm never shown could never recover, and its results couldn't be estimated. At most 1/arms.</param>
    /// <param name="harmed">Arms a guardrail has stopped; they get nothing. All of them: nobody is assigned.</param>
    public static IReadOnlyList<double> Propensities(IReadOnlyList<ConversionStatistic> arms, IReadOnlySet<int>? harmed = null, double floor = 0.05)
    {
        var open = Enumerable.Range(0, arms.Count).Where(i => harmed?.Contains(i) != true).ToList();
        var posteriors = open.Select(i => BetaPosterior.Of(arms[i])).ToList();
        var best = posteriors.Select((posterior, i) => posterior.ChanceAbove([.. posteriors.Where((_, j) => j != i)])).ToList();
        var (sum, least) = (best.Sum(), Math.Min(floor, 1.0 / Math.Max(1, open.Count)));
        var shares = new double[arms.Count];
        foreach (var (place, arm) in open.Index())
        {
            shares[arm] = least + ((1 - (least * open.Count)) * best[place] / sum);
        }

        return shares;
    }
}
