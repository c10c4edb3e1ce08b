using System.CommandLine;

namespace Expansion.Cli.Verbs;

/// <summary>The benchmarks, each with JSON as its last line. `bench mining` is dispatched before this, see Program.cs, and listed for its help.</summary>
internal static class BenchVerb
{
    public static Command Create() => new("bench", "Measures speed and memory; the last line is JSON.")
    {
        new Command("mining", "Counts the pairs of a file of baskets: --baskets FILE --min-count N [--out FILE] [--threads N]."),
        BenchImportVerb.Create(),
        BenchRecomputeVerb.Create(),
        BenchSegmentsVerb.Create(),
        BenchRollUpVerb.Create(),
        BenchExposuresVerb.Create(),
        BenchBundlesVerb.Create(),
        BenchSignalsVerb.Create(),
        BenchServingVerb.Create(),
        BenchTrainingVerb.Create(),
    };
}
