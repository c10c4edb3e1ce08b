using Expansion.Engine.Metrics.Facts;

namespace Expansion.Engine.Outcomes;

/// <summary>A visitor saw an arm of an experiment for the first time.</summary>
/// <param name="Propensity">The chance with which it was given.</param>
public sealed record Exposure(string Experiment, CustomerId Customer, int Variation, double Propensity, DateTimeOffset At)
{
    private const int Partitions = 64;

    /// <summary>0 to 63, by the customer's hash: an experiment's exposures spread over as many partitions, so that none of them is hot.</summary>
    public int Partition => (int)(CustomerSet.Hash(Customer) % Partitions);
}

/// <summary>
/// Exposures of one host since the last write, each customer once. There is no counter to contend for: an exposure is a row keyed by its customer, so a repeat, here or on
/// another host, writes the same row again, and the arms are counted by reading.
/// </summary>
public sealed class ExposureBuffer
{
    private readonly Lock _lock = new();
    private Dictionary<(string Experiment, CustomerId Customer), Exposure> _exposures = [];

    /// <summary>False when the customer is already in the buffer; the first exposure stays.</summary>
    public bool Record(Exposure exposure)
    {
        lock (_lock)
        {
            return _exposures.TryAdd((exposure.Experiment, exposure.Customer), exposure);
        }
    }

    /// <summary>Takes out what is there, by experiment and partition, in batches that fit one table transaction. What is recorded meanwhile stays for the next time.</summary>
    public IReadOnlyList<IReadOnlyList<Exposure>> Drain(int batch = 100)
    {
        Dictionary<(string Experiment, CustomerId Customer), Exposure> taken;
        lock (_lock)
        {
            (taken, _exposures) = (_exposures, []);
        }

        return [.. taken.Values.GroupBy(exposure => (exposure.Experiment, exposure.Partition)).SelectMany(group => group.Chunk(batch))];
    }
}
