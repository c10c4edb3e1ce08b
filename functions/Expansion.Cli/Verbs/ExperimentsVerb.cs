using System.CommandLine;
using Expansion.Cli.Verbs.Experiments;

namespace Expansion.Cli.Verbs;

/// <summary>The statistics of experiments, from files and by simulation.</summary>
internal static class ExperimentsVerb
{
    public static Command Create() => new("experiments", "Answers statistical questions about experiments, and simulates them.")
    {
        CaseFile.Command("method", ExperimentCases.Kinds),
        SimulateExperimentsVerb.Create("simulate"),
    };
}
