using Expansion.Engine.Experiments.Statistics;

namespace Expansion.Engine.Metrics;

/// <summary>A metric of a period. No value means that there is nothing to divide by: show "no data", never 0.</summary>
public sealed record MetricValue(decimal Numerator, decimal Denominator, decimal? Value, BenchmarkBand? Benchmark)
{
    /// <summary>Where the figure behind it lies, at 95 %; null for a census, e.g. of all revenue, which has no error, and without data.</summary>
    public Interval? Interval { get; init; }

    /// <summary>numerator/denominator; no value where the denominator is 0 or less.</summary>
    public static MetricValue Ratio(decimal numerator, decimal denominator, Benchmark? benchmark = null)
    {
        decimal? value = denominator > 0 ? numerator / denominator : null;
        return new(numerator, denominator, value, value is { } known ? benchmark?.Of(known) : null);
    }

    /// <summary>A share of independent cases, with Wilson's interval.</summary>
    public static MetricValue Share(long numerator, long denominator, Benchmark? benchmark = null) =>
        Ratio(numerator, denominator, benchmark) with { Interval = Proportion.Wilson(numerator, denominator, Normal.Width(0.05)) };

    /// <summary>A mean over independent cases, with its normal interval; none below two cases.</summary>
    public static MetricValue Mean(long sum, long count, double sumOfSquares, Benchmark? benchmark = null) => Ratio(sum, count, benchmark) with
    {
        Interval = new MeanStatistic(count, sum, sumOfSquares).Estimate is { } mean ? new Effect(mean.Value, Math.Sqrt(mean.Variance)).Within(Normal.Width(0.05)) : null,
    };
}
