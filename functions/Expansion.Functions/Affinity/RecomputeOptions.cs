using System.ComponentModel.DataAnnotations;

namespace Expansion.Functions.Affinity;

/// <summary>Bound to the section Recompute.</summary>
public sealed class RecomputeOptions
{
    public const string Section = "Recompute";

    /// <summary>Pair counts, in bytes, that one instance adds up before the work is split: 1 KiB to 1 GiB. The default is some twenty million pairs, a few seconds.</summary>
    [Range(1 << 10, 1 << 30)]
    public int RangeBytes { get; set; } = 64 << 20;

    /// <summary>Most ranges a shop is split into: 1 to 256.</summary>
    [Range(1, 256)]
    public int MaxRanges { get; set; } = 32;
}
