using System.CommandLine;
using Expansion.Cli.Verbs.Experiments;
using Expansion.Cli.Verbs.Metrics;

namespace Expansion.Cli.Verbs;

/// <summary>The business metrics, from files.</summary>
internal static class MetricsVerb
{
    public static Command Create() => new("metrics", "Computes business metrics.")
    {
        CaseFile.Command("metric", MetricCases.Kinds),
    };
}
