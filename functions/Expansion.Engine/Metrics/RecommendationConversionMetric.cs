using Expansion.Engine.Outcomes;

namespace Expansion.Engine.Metrics;

/// <summary>Distinct showings clicked at least once / distinct showings, bots taken out.</summary>
public sealed class RecommendationConversionMetric : IMetric
{
    public string Name => "recommendation_conversion";

    public Benchmark? Benchmark { get; } = new(0.05m, 0.15m);

    public IReadOnlyList<OutcomeKind> Counts { get; } = [OutcomeKind.Impression, OutcomeKind.Click];

    public MetricValue Measure(PeriodSums sums) => MetricValue.Share(sums.Offers.Clicked, sums.Offers.Shown, Benchmark);
}
