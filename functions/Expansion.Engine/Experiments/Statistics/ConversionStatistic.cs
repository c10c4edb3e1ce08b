using System.Text.Json.Serialization;

namespace Expansion.Engine.Experiments.Statistics;

/// <summary>How many visitors an arm had and how many of them converted. Days, shops and segments combine with +.</summary>
public readonly record struct ConversionStatistic(long Visitors, long Conversions)
{
    /// <summary>Null without visitors.</summary>
    [JsonIgnore]
    public double? Rate => Visitors > 0 ? (double)Conversions / Visitors : null;

    /// <summary>Some visited, and no more converted than visited.</summary>
    [JsonIgnore]
    internal bool HasVisitors => Visitors > 0 && Conversions >= 0 && Conversions <= Visitors;

    /// <summary>The rate with its sampling variance p(1 − p)/n. Only with visitors.</summary>
    internal Estimate Estimate => new(Rate!.Value, Rate.Value * (1 - Rate.Value) / Visitors);

    public static ConversionStatistic operator +(ConversionStatistic left, ConversionStatistic right) =>
        new(left.Visitors + right.Visitors, left.Conversions + right.Conversions);

    public static ConversionStatistic Add(ConversionStatistic left, ConversionStatistic right) => left + right;
}
