using MathNet.Numerics;

namespace Expansion.Engine.Experiments.Traffic;

public enum SampleRatioStatus
{
    Ok,
    NoData,

    /// <summary>An arm that should get nobody got somebody.</summary>
    UnexpectedArmTraffic,

    /// <summary>Fewer than 5 expected somewhere: reported, never an alarm.</summary>
    SmallExpectedCounts,
}

public sealed record SampleRatioResult(SampleRatioStatus Status, double? Chi2, int? Df, double PValue, bool Mismatch);

/// <summary>Whether the arms got the traffic they should have: if not, nobody knows who is missing, and no result means anything (Fabijan and others, KDD 2019).</summary>
public static class SampleRatioTest
{
    /// <summary>Chi-square on cumulative counts, at the decision. Watched daily, it cries wolf in 1 of 100: see <see cref="SequentialSampleRatioTest"/>.</summary>
    /// <exception cref="ArgumentException">A weight is negative, or all are 0.</exception>
    public static SampleRatioResult Of(IReadOnlyList<long> observed, IReadOnlyList<double> weights, double threshold = 0.001)
    {
        var (shares, total) = (Shares(weights, observed.Count), observed.Sum());
        if (observed.Where((count, i) => count > 0 && shares[i] == 0).Any())
        {
            return new(SampleRatioStatus.UnexpectedArmTraffic, null, null, 0, true);
        }

        if (total == 0)
        {
            return new(SampleRatioStatus.NoData, null, null, 1, false);
        }

        var used = observed.Select((count, i) => (Count: count, Expected: shares[i] * total)).Where(arm => arm.Expected > 0).ToList();
        var chi2 = used.Sum(arm => (arm.Count - arm.Expected) * (arm.Count - arm.Expected) / arm.Expected);
        var df = used.Count - 1;
        var p = df == 0 ? 1 : SpecialFunctions.GammaUpperRegularized(df / 2.0, chi2 / 2);
        var small = used.Any(arm => arm.Expected < 5);
        return new(small ? SampleRatioStatus.SmallExpectedCounts : SampleRatioStatus.Ok, chi2, df, p, !small && p < threshold);
    }

    internal static double[] Shares(IReadOnlyList<double> weights, int arms)
    {
        var sum = weights.Sum();
        return weights.Count == arms && weights.All(weight => weight >= 0) && sum > 0 && double.IsFinite(sum)
            ? [.. weights.Select(weight => weight / sum)]
            : throw new ArgumentException($"{arms} arms need as many weights, none negative and not all 0: {string.Join(", ", weights)}.", nameof(weights));
    }
}
