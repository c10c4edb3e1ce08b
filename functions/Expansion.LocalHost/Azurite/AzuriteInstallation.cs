using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;

namespace Expansion.LocalHost.Azurite;

/// <summary>Installs the pinned Azurite beside its lock file, once: other processes wait for the one that does it.</summary>
internal static class AzuriteInstallation
{
    private const int OldestNode = 20;
    private const string Advice = "Install Node.js 20 or newer with npm (https://nodejs.org, or the package manager: apt-get install nodejs npm), then try again.";
    private static readonly TimeSpan LockTimeout = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LockPoll = TimeSpan.FromMilliseconds(200);

    /// <summary>The folder with start.js and an Azurite that is installed.</summary>
    public static Task<string> EnsureAsync(CancellationToken cancellationToken) =>
        EnsureAsync(Path.Combine(RepositoryRoot.Find(), "functions", "Expansion.LocalHost", "Azurite"), cancellationToken);

    /// <summary>The same for another folder with a lock file of npm's, as the tests' servers have.</summary>
    public static async Task<string> EnsureAsync(string folder, CancellationToken cancellationToken)
    {
        await CheckNodeAsync(cancellationToken);
        if (IsInstalled(folder))
        {
            return folder;
        }
        using (await LockAsync(cancellationToken))
        {
            if (!IsInstalled(folder))
            {
                await RunAsync(OperatingSystem.IsWindows() ? "npm.cmd" : "npm", ["ci", "--no-fund", "--no-audit", "--loglevel=error"], folder, cancellationToken);
                await File.WriteAllTextAsync(StampPath(folder), LockHash(folder), cancellationToken);
            }
        }
        return folder;
    }

    /// <summary>Why this `node --version` won't do, or null.</summary>
    internal static string? Refusal(string version) =>
        int.TryParse(version.Trim().TrimStart('v').Split('.')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var major) && major >= OldestNode
            ? null
            : $"Azurite needs Node.js {OldestNode} or newer, and this is {version.Trim()}. {Advice}";

    // An npm that was interrupted leaves a folder behind that looks complete: only the stamp, written last, says that it is.
    private static bool IsInstalled(string folder) => File.Exists(StampPath(folder)) && File.ReadAllText(StampPath(folder)) == LockHash(folder);

    private static string StampPath(string folder) => Path.Combine(folder, "node_modules", ".installed");

    private static string LockHash(string folder) => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(Path.Combine(folder, "package-lock.json"))));

    private static async Task CheckNodeAsync(CancellationToken cancellationToken)
    {
        if (Refusal(await RunAsync("node", ["--version"], Environment.CurrentDirectory, cancellationToken)) is { } refusal)
        {
            throw new InvalidOperationException(refusal);
        }
    }

    private static async Task<FileStream> LockAsync(CancellationToken cancellationToken)
    {
        var path = Path.Combine(Directory.CreateDirectory(DevelopmentStorage.Location).FullName, "install.lock");
        for (var waited = TimeSpan.Zero; ; waited += LockPoll)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (waited < LockTimeout)
            {
                await Task.Delay(LockPoll, cancellationToken);
            }
        }
    }

    private static async Task<string> RunAsync(string program, IEnumerable<string> arguments, string folder, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        try
        {
            using var process = Process.Start(start)!;
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var error = process.StandardError.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return process.ExitCode == 0
                ? await output
                : throw new InvalidOperationException($"{program} {string.Join(' ', start.ArgumentList)} in {folder} failed: {await error}{await output}");
        }
        catch (Win32Exception missing)
        {
            throw new InvalidOperationException($"{program} could not be started: {missing.Message}. {Advice}", missing);
        }
    }
}
