using System.CommandLine;
using Expansion.Functions.Operations;

namespace Expansion.Cli.Verbs;

/// <summary>What is wrong with configuration, storage and connectors, a sentence each. Exit code 0 only when nothing is.</summary>
internal static class DoctorVerb
{
    public static Command Create()
    {
        var command = new Command("doctor", "Says what is wrong with configuration, storage and connectors.");
        command.SetAction(async (_, cancellationToken) =>
        {
            await using var app = await CliApp.StartAsync(cancellationToken);
            var findings = await app.Get<Doctor>().ExamineAsync(cancellationToken);
            foreach (var finding in findings)
            {
                Console.WriteLine($"{(finding.State == HealthState.Ready ? "ok     " : "PROBLEM")} {finding.Says}");
            }

            return findings.All(finding => finding.State == HealthState.Ready) ? 0 : 1;
        });
        return command;
    }
}
