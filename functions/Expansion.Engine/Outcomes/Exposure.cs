using Expansion.Engine.Metrics.Facts;

namespace Expansion.Engine.Outcomes;

/// <summary>A visitor saw an arm of an experiment for the first time.</summary>
/// <param name="Variation">From 0, control.</param>
/// <param name="Propensity">The chance with which it was given.</param>
public sealed record Exposure(string Experiment, CustomerId Customer, int Variation, double Propensity, DateTimeOffset At)
{
    private const int Partitions = 64;

    /// <summary>0 to 63, by the customer's hash: an experiment's exposures spread over as many partitions, so that none of them is hot.</summary>
    public int Partition => PartitionOf(Customer);

    /// <summary>What the comparison of those held out with the others is kept under. No experiment's key holds a colon.</summary>
    public static string HoldoutOf(string experiment) => $"holdout:{experiment}";

    public static int PartitionOf(CustomerId customer) => (int)(CustomerSet.Hash(customer) % Partitions);
}
