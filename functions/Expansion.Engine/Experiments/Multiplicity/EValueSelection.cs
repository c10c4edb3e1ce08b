namespace Expansion.Engine.Experiments.Multiplicity;

/// <param name="K">How many are rejected.</param>
/// <param name="Threshold">What an e-value had to reach; null when none is rejected.</param>
public sealed record SelectedEValues(int K, double? Threshold, IReadOnlyList<bool> Reject);

/// <summary>e-BH: false discoveries among monitored tests, under any dependence and any stopping (Wang, Ramdas, JRSS B 84, 2022).</summary>
public static class EValueSelection
{
    /// <summary>k = max{i: e(i) ≥ m/(α i)} on e sorted downwards; the k largest are rejected.</summary>
    public static SelectedEValues Select(IReadOnlyList<double> eValues, double alpha = 0.05)
    {
        var m = eValues.Count;
        var order = Enumerable.Range(0, m).OrderByDescending(i => eValues[i]).ToArray();
        var k = Enumerable.Range(1, m).LastOrDefault(rank => eValues[order[rank - 1]] >= m / (alpha * rank));
        var rejected = order.Take(k).ToHashSet();
        return new(k, k == 0 ? null : m / (alpha * k), [.. Enumerable.Range(0, m).Select(rejected.Contains)]);
    }
}
