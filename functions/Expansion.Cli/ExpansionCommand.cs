using System.CommandLine;
using Expansion.Cli.Verbs;
using Expansion.Cli.Verbs.Experiments;

namespace Expansion.Cli;

/// <summary>The `expansion` command: every verb in one list.</summary>
internal static class ExpansionCommand
{
    public static RootCommand Create() => new("Expansion grows revenue from customers a business already has.")
    {
        DemoVerb.Create(),
        ServeVerb.Create(),
        ImportProductsVerb.Create(),
        ImportVerb.Create(),
        RecomputeVerb.Create(),
        PairsVerb.Create(),
        ExplainVerb.Create(),
        FirstStepsVerb.Create(),
        ExperimentsVerb.Create(),
        MetricsVerb.Create(),
        EvaluateVerb.Create(),
        BundlesVerb.Create(),
        SimulateVerb.Create(),
        SimulateExperimentsVerb.Create("simulate-experiments"),
        BenchVerb.Create(),
        ApiVerb.Create(),
        DoctorVerb.Create(),
        PoisonVerb.Create(),
        BackupVerb.CreateBackup(),
        BackupVerb.CreateRestore(),
        FuzzVerb.Create(),
        FaultsVerb.Create(),
        LoadVerb.Create(),
        CostVerb.Create(),
    };
}
