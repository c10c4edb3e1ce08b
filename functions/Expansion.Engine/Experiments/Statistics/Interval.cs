using System.Text.Json;
using System.Text.Json.Serialization;

namespace Expansion.Engine.Experiments.Statistics;

/// <summary>Where a figure may lie. A limit that is null is unbounded on that side. Written as [low, high].</summary>
[JsonConverter(typeof(IntervalConverter))]
public readonly record struct Interval(double? Low, double? High)
{
    /// <summary>Both limits run through a rising function, e.g. from the logarithm of a ratio to a lift.</summary>
    public Interval Map(Func<double, double> rising) => new(Low is { } low ? rising(low) : null, High is { } high ? rising(high) : null);

    /// <summary>What lies in both.</summary>
    public Interval Intersect(Interval other) => new(
        Low is { } low && other.Low is { } otherLow ? Math.Max(low, otherLow) : Low ?? other.Low,
        High is { } high && other.High is { } otherHigh ? Math.Min(high, otherHigh) : High ?? other.High);
}

internal sealed class IntervalConverter : JsonConverter<Interval>
{
    public override Interval Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        JsonSerializer.Deserialize<double?[]>(ref reader, options) is [var low, var high] ? new(low, high) : throw new JsonException("An interval is [low, high].");

    public override void Write(Utf8JsonWriter writer, Interval value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, new[] { value.Low, value.High }, options);
}
