using System.ComponentModel.DataAnnotations;

namespace Expansion.Engine.Timing.Signals;

/// <summary>The product was used.</summary>
/// <param name="Metric">What is counted, e.g. api_calls.</param>
/// <param name="Amount">How much, since the last record.</param>
/// <param name="Used">How much of the allowance is used so far in its period, this amount included.</param>
/// <param name="Limit">The allowance; missing where there is none.</param>
public sealed record UsageRecorded(
    [property: Length(1, 100)] string Metric,
    [property: Range(0, 1e12)] double Amount,
    [property: Range(0, 1e12)] double? Used = null,
    [property: Range(0, 1e12)] double? Limit = null) : Signal;

/// <param name="Times">How often, since the last record.</param>
public sealed record FeatureUsed([property: Length(1, 100)] string Feature, [property: Range(1, 1_000_000)] int Times = 1) : Signal;

/// <summary>The product refused something because the plan's allowance was used up.</summary>
public sealed record LimitReached([property: Length(1, 100)] string Metric, [property: Range(0, 1e12)] double? Limit = null) : Signal;

/// <summary>A health score from outside; it wins over the computed one while it is fresh.</summary>
/// <param name="Score">0, lost, to 100, thriving.</param>
public sealed record HealthScoreSet([property: Range(0, 100)] double Score) : Signal;

/// <summary>The group of customers somebody else's analysis has put this one in, e.g. loyal.</summary>
public sealed record SegmentSet([property: Length(1, 100)] string Segment) : Signal;
