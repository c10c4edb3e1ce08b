using System.Text.Json.Serialization;

namespace Expansion.Engine.Experiments.Statistics;

/// <summary>
/// Per-visitor sums of one value: all that a mean and its error need. The visitor is the unit, because the visitor is what was assigned by chance;
/// a visitor without an order counts with 0. Days, shops and segments combine with +.
/// </summary>
public readonly record struct MeanStatistic(
    [property: JsonPropertyName("visitors")] long Count, double Sum, [property: JsonPropertyName("sum_squares")] double SumOfSquares)
{
    /// <summary>Null without visitors.</summary>
    [JsonIgnore]
    public double? Mean => Count > 0 ? Sum / Count : null;

    /// <summary>Σ(x − mean)² / (n − 1); null below two visitors. 0 below a millionth of the mean, where only rounding is left: equal values must not look like a very precise mean.</summary>
    [JsonIgnore]
    public double? Variance
    {
        get
        {
            var squares = SumOfSquares - (Sum * Sum / Count);
            return Count < 2 ? null : squares <= 1e-12 * SumOfSquares ? 0 : squares / (Count - 1);
        }
    }

    /// <summary>The mean with its sampling variance s²/n; null below two visitors, without any variance, and where the sums left the range of numbers.</summary>
    internal Estimate? Estimate => Variance is > 0 and < double.PositiveInfinity ? new(Mean!.Value, Variance.Value / Count) : null;

    public static MeanStatistic Of(IEnumerable<double> values) => values.Aggregate(default(MeanStatistic), (sum, value) => sum + new MeanStatistic(1, value, value * value));

    public static MeanStatistic operator +(MeanStatistic left, MeanStatistic right) =>
        new(left.Count + right.Count, left.Sum + right.Sum, left.SumOfSquares + right.SumOfSquares);

    public static MeanStatistic Add(MeanStatistic left, MeanStatistic right) => left + right;
}
