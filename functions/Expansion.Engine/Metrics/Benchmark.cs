namespace Expansion.Engine.Metrics;

public enum BenchmarkBand
{
    Below,
    Within,
    Above,
}

/// <summary>The range the trade reaches, its ends included. Without <paramref name="High"/> it is a target to exceed: reaching it exactly is below.</summary>
public sealed record Benchmark(decimal Low, decimal? High)
{
    public BenchmarkBand Of(decimal value) => High is { } high
        ? value < Low ? BenchmarkBand.Below : value > high ? BenchmarkBand.Above : BenchmarkBand.Within
        : value > Low ? BenchmarkBand.Above : BenchmarkBand.Below;
}
