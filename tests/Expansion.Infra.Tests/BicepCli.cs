using System.Diagnostics;
using System.Reflection;
using System.Text.Json.Nodes;
using Expansion.LocalHost;

namespace Expansion.Infra.Tests;

/// <summary>The Bicep compiler of the NuGet package, on the files under infra/.</summary>
internal static class BicepCli
{
    private static readonly string Command = typeof(BicepCli).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == "BicepCli").Value!;

    /// <summary>What the parameter files ask of whoever deploys.</summary>
    private static readonly Dictionary<string, string> Environment = new()
    {
        ["AZURE_ENV_NAME"] = "test",
        ["AZURE_LOCATION"] = "westeurope",
        ["AZURE_TENANT_ID"] = "22222222-2222-2222-2222-222222222222",
        ["EXPANSION_CONTACT"] = "operations@example.com",
        ["EXPANSION_SIGN_IN_CLIENT_ID"] = "33333333-3333-3333-3333-333333333333",
    };

    public static string Folder { get; } = Path.Combine(RepositoryRoot.Find(), "infra");

    public static IEnumerable<string> Files() => Directory.EnumerateFiles(Folder, "*.bicep*", SearchOption.AllDirectories)
        .Where(path => Path.GetExtension(path) is ".bicep" or ".bicepparam")
        .Select(path => Path.GetRelativePath(Folder, path));

    /// <summary>Standard output and, since warnings leave the exit code alone, standard error.</summary>
    public static async Task<(string Output, string Diagnostics)> RunAsync(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo(Command, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in Environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var (output, diagnostics) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (await output, process.ExitCode == 0 ? await diagnostics : $"Exit code {process.ExitCode}. {await diagnostics}");
    }

    /// <summary>Every resource that a deployment with these parameters makes, with loops and conditions carried out.</summary>
    public static async Task<JsonArray> PredictAsync(string environment)
    {
        using var copy = new BicepCopy();
        var (_, diagnostics) = await RunAsync(
            copy.Folder, "snapshot", $"{environment}.bicepparam", "--mode", "overwrite", "--location", Environment["AZURE_LOCATION"],
            "--tenant-id", Environment["AZURE_TENANT_ID"], "--subscription-id", "11111111-1111-1111-1111-111111111111");
        Assert.Empty(diagnostics);
        return JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(copy.Folder, $"{environment}.snapshot.json")))!["predictedResources"]!.AsArray();
    }
}

/// <summary>The files under infra/ where commands may write beside them.</summary>
internal sealed class BicepCopy : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("expansion-infra-");

    public BicepCopy()
    {
        foreach (var file in Directory.EnumerateFiles(BicepCli.Folder, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(Folder, Path.GetRelativePath(BicepCli.Folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    public string Folder => _folder.FullName;

    public void Dispose() => _folder.Delete(recursive: true);
}
