using System.Collections.Immutable;
using Expansion.Engine.Timing.Signals;

namespace Expansion.Engine.Timing.Customers;

/// <summary>What a customer used: the <see cref="MaxMetrics"/> metrics and <see cref="MaxFeatures"/> features that were used last.</summary>
public sealed record UsageFacts
{
    public const int MaxMetrics = 8;
    public const int MaxFeatures = 64;

    public ImmutableDictionary<string, MetricUse> Metrics { get; init; } = [];

    public ImmutableDictionary<string, FeatureUse> Features { get; init; } = [];

    internal UsageFacts With(Signal signal, DateOnly day) => signal switch
    {
        UsageRecorded use => this with { Metrics = Bounded(Metrics.SetItem(use.Metric, Metric(use.Metric).With(use, day)), MaxMetrics, metric => metric.LastAt) },
        LimitReached hit => this with { Metrics = Bounded(Metrics.SetItem(hit.Metric, Metric(hit.Metric).With(hit)), MaxMetrics, metric => metric.LastAt) },
        FeatureUsed use => this with { Features = Bounded(Features.SetItem(use.Feature, Feature(use.Feature).With(use, day)), MaxFeatures, feature => feature.LastAt) },
        _ => this,
    };

    private MetricUse Metric(string name) => Metrics.GetValueOrDefault(name) ?? new();

    private FeatureUse Feature(string name) => Features.GetValueOrDefault(name) ?? new();

    private static ImmutableDictionary<string, T> Bounded<T>(ImmutableDictionary<string, T> all, int most, Func<T, DateTimeOffset> at) =>
        all.Count <= most ? all : all.Remove(all.OrderBy(entry => at(entry.Value)).ThenBy(entry => entry.Key, StringComparer.Ordinal).First().Key);
}

public sealed record MetricUse
{
    public DailySums Days { get; init; } = DailySums.Empty;

    public Latest<Allowance>? Allowance { get; init; }

    /// <summary>When the allowance last was used up.</summary>
    public DateTimeOffset? LimitReachedAt { get; init; }

    public DateTimeOffset LastAt { get; init; }

    internal MetricUse With(UsageRecorded use, DateOnly day) => this with
    {
        Days = Days.Add(day, use.Amount),
        Allowance = use is { Used: { } used, Limit: { } limit } ? Allowance.Or(new(used, limit), use) : Allowance,
        LastAt = Latest.Later(LastAt, use.At),
    };

    internal MetricUse With(LimitReached hit) => this with { LimitReachedAt = LimitReachedAt.Later(hit.At), LastAt = Latest.Later(LastAt, hit.At) };
}

/// <param name="Used">So far in the plan's period.</param>
public sealed record Allowance(double Used, double Limit)
{
    /// <summary>Used / limit; 0 where the limit is 0, which is no allowance to run out of.</summary>
    public double Share => Limit > 0 ? Used / Limit : 0;
}

public sealed record FeatureUse
{
    public DailySums Days { get; init; } = DailySums.Empty;

    public DateTimeOffset? FirstAt { get; init; }

    public DateTimeOffset LastAt { get; init; }

    internal FeatureUse With(FeatureUsed use, DateOnly day) =>
        this with { Days = Days.Add(day, use.Times), FirstAt = FirstAt.Earlier(use.At), LastAt = Latest.Later(LastAt, use.At) };
}
