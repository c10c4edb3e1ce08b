using Expansion.Engine.Experiments.Comparisons;
using Expansion.Engine.Experiments.Statistics;

namespace Expansion.Engine.Experiments.Verdicts;

/// <summary>What offers brought in that wouldn't have come without them: everybody who may be shown one, against the holdout. Null where it can't be known.</summary>
/// <param name="PerVisitor">Difference of the means.</param>
/// <param name="Total">The same for all visitors outside the holdout.</param>
public sealed record IncrementalRevenue(double? PerVisitor, double? Total, Interval? TotalInterval, double? PValue)
{
    public static IncrementalRevenue Of(MeanStatistic holdout, MeanStatistic shown)
    {
        var result = WelchTest.Compare(holdout, shown, Difference.Absolute);
        return new(result.Effect, result.Effect * shown.Count, result.Ci?.Map(value => value * shown.Count), result.PValue);
    }
}
