using System.ComponentModel.DataAnnotations;

namespace Expansion.Engine.Timing.Health;

/// <summary>What a computed health score is made of. Weights need not add up to anything; 0 leaves a component out.</summary>
public sealed record HealthOptions
{
    /// <summary>Weight of use in the last 28 days against the 28 before: 0 to 100.</summary>
    [Range(0, 100)]
    public double UsageTrend { get; init; } = 30;

    /// <summary>Weight of the share of features in use: 0 to 100.</summary>
    [Range(0, 100)]
    public double Breadth { get; init; } = 15;

    /// <summary>Weight of support tickets: 0 to 100.</summary>
    [Range(0, 100)]
    public double Tickets { get; init; } = 15;

    /// <summary>Weight of payments: 0 to 100.</summary>
    [Range(0, 100)]
    public double Payments { get; init; } = 15;

    /// <summary>Weight of returned products: 0 to 100.</summary>
    [Range(0, 100)]
    public double Returns { get; init; } = 10;

    /// <summary>Weight of the time since the customer was last active: 0 to 100.</summary>
    [Range(0, 100)]
    public double Recency { get; init; } = 15;

    /// <summary>Days without activity that halve the recency: 7 to 365.</summary>
    [Range(7, 365)]
    public double RecencyHalfLifeDays { get; init; } = 60;

    /// <summary>Days for which a score from outside wins over the computed one: 1 to 365.</summary>
    [Range(1, 365)]
    public int GivenFreshDays { get; init; } = 30;
}
