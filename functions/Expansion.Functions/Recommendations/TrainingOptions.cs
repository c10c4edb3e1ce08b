using System.ComponentModel.DataAnnotations;

namespace Expansion.Functions.Recommendations;

/// <summary>Bound to the section Training.</summary>
public sealed class TrainingOptions
{
    public const string Section = "Training";

    /// <summary>Most orders a shop's model is trained on, the latest of its window, 1,000 to 5,000,000: some 300 bytes of memory each.</summary>
    [Range(1000, 5_000_000)]
    public int MaxOrders { get; set; } = 1_000_000;

    /// <summary>Processors that training uses, 1 to 64.</summary>
    [Range(1, 64)]
    public int Threads { get; set; } = Math.Clamp(Environment.ProcessorCount, 1, 4);
}
