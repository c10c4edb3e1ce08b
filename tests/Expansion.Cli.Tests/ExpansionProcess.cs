using System.Diagnostics;

namespace Expansion.Cli.Tests;

/// <summary>The command as people and scripts run it: a process of its own, with an exit code.</summary>
internal static class ExpansionProcess
{
    /// <param name="storage">The connection string of its storage.</param>
    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(string storage, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(CliApp).Assembly.Location, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["AzureWebJobsStorage"] = storage;
        using var process = Process.Start(start) ?? throw new InvalidOperationException("The command could not be started.");
        var (output, error) = (process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken), process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output, await error);
    }
}
