using System.CommandLine;
using Expansion.Cli.Verbs.Experiments;

namespace Expansion.Cli.Verbs;

/// <summary>The statistics of experiments, from files and by simulation.</summary>
internal static class ExperimentsVerb
{
    public static Command Create() => new("experiments", "Answers statistical questions about experiments, and simulates them.")
    {
        Analyze(),
    };

    private static Command Analyze()
    {
        var cases = new Argument<FileInfo>("cases") { Description = "JSON with \"cases\", each with id, method and input." };
        var output = new Option<FileInfo>("--out") { Description = "The JSON file to write: an object from case id to answer.", Required = true };
        var command = new Command("analyze", "Answers a file of cases.") { cases, output };
        command.SetAction((parsed, cancellationToken) => CaseFile.AnswerAsync(
            parsed.GetRequiredValue(cases), parsed.GetRequiredValue(output), "method", ExperimentCases.Kinds, parsed.InvocationConfiguration.Error, cancellationToken));
        return command;
    }
}
