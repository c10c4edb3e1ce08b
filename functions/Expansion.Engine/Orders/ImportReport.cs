namespace Expansion.Engine.Orders;

/// <summary>What came of an import.</summary>
/// <param name="Lines">Lines read, the rejected ones among them.</param>
/// <param name="MonthsWritten">Months whose segment changed; 0 for a file that was imported before.</param>
/// <param name="Products">Products of which the file told something new.</param>
public sealed record ImportReport(
    long Lines, long Rejected, long Orders, int Months, int MonthsWritten, int Products, DateTimeOffset? First, DateTimeOffset? Last, TimeSpan Elapsed)
{
    /// <summary>Why the whole file was refused, and nothing imported.</summary>
    public string? Refusal { get; init; }
}

/// <param name="Done">Share of the whole work: 0 to 1.</param>
public readonly record struct ImportProgress(double Done, long Lines, long Rejected, int MonthsDone);
