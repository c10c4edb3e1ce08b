using System.Diagnostics.Metrics;

namespace Expansion.Functions.Operations;

/// <summary>Where all metrics of the app come from. Their tags have as many values as the app has functions and queues: never shops, customers or products.</summary>
public static class AppMeter
{
    public static Meter Meter { get; } = new("Expansion");
}
