using Expansion.Engine.Outcomes;

namespace Expansion.Engine.Metrics;

/// <summary>One business metric: a formula over the sums of a period. What it counts and what its edges mean stands on the class.</summary>
public interface IMetric
{
    /// <summary>How settings, rows and addresses refer to it, e.g. attach_rate.</summary>
    string Name { get; }

    /// <summary>What the trade reaches; null where there is no such figure.</summary>
    Benchmark? Benchmark { get; }

    /// <summary>The outcomes behind the figure, to drill down to. None: it is counted from customers' plans and recurring revenue.</summary>
    IReadOnlyList<OutcomeKind> Counts { get; }

    MetricValue Measure(PeriodSums sums);
}
