using System.Globalization;

namespace Expansion.Engine.Metrics;

/// <summary>Told when a metric leaves the band it was in.</summary>
public static class MetricAlert
{
    /// <summary>Null while it stays, where there is no band, and without data on either side.</summary>
    public static string? Of(IMetric metric, MetricValue before, MetricValue now) =>
        metric.Benchmark is { } benchmark && before.Benchmark is { } was && now.Benchmark is { } became && was != became
            ? string.Create(CultureInfo.InvariantCulture, $"{metric.Name} went from {before.Value:P1} to {now.Value:P1}, {Words(became)} {Words(benchmark)}.")
            : null;

    private static string Words(Benchmark benchmark) =>
        string.Create(CultureInfo.InvariantCulture, $"{benchmark.Low:P0}") + (benchmark.High is { } high ? string.Create(CultureInfo.InvariantCulture, $" to {high:P0}") : "");

    private static string Words(BenchmarkBand band) => band switch
    {
        BenchmarkBand.Below => "below",
        BenchmarkBand.Above => "above",
        _ => "back within",
    };
}
