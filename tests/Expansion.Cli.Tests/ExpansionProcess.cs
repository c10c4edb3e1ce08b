using System.Diagnostics;

namespace Expansion.Cli.Tests;

/// <summary>The command as people and scripts run it: a process of its own, with an exit code.</summary>
internal static class ExpansionProcess
{
    /// <param name="storage">The connection string of its storage.</param>
    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(string storage, params IEnumerable<string> arguments)
    {
        using var process = Start(storage, arguments);
        var (output, error) = (process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken), process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output, await error);
    }

    /// <summary>The same for who has more to do with it than to wait. Whoever starts it reads its output, or it stands still when enough is unread.</summary>
    /// <param name="settings">The app's settings by their names in the environment.</param>
    public static Process Start(string storage, IEnumerable<string> arguments, params IEnumerable<(string Name, string Value)> settings)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(CliApp).Assembly.Location, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["AzureWebJobsStorage"] = storage;
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start) ?? throw new InvalidOperationException("The command could not be started.");
    }
}
