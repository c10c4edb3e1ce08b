using System.ComponentModel.DataAnnotations;

namespace Expansion.Functions.Operations;

/// <summary>What one caller may ask of one instance. Bound to the section Requests.</summary>
public sealed class RequestOptions
{
    public const string Section = "Requests";

    /// <summary>Bytes of a body, other than of files to import: 1 KiB to 100 MiB.</summary>
    [Range(1 << 10, 100 << 20)]
    public int MaxBodyBytes { get; set; } = 8 << 20;

    /// <summary>Requests a minute with one function key, or of one address to a webhook: 1 to 10 million.</summary>
    [Range(1, 10_000_000)]
    public int KeyPerMinute { get; set; } = 60_000;

    /// <summary>Requests a minute of one address that shows no key: 1 to 10 million.</summary>
    [Range(1, 10_000_000)]
    public int VisitorPerMinute { get; set; } = 600;
}
