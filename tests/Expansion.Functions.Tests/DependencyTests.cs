using System.Text.RegularExpressions;
using Expansion.LocalHost;

namespace Expansion.Functions.Tests;

/// <summary>Dependencies point one way: Cli → LocalHost, Functions → Storage, Connectors → Engine.</summary>
public sealed partial class DependencyTests
{
    [Theory]
    [InlineData("Engine", "")]
    [InlineData("Storage", "Engine")]
    [InlineData("Connectors", "Engine")]
    [InlineData("Dashboard", "")]
    [InlineData("Functions", "Connectors Dashboard Storage")]
    [InlineData("LocalHost", "Connectors Dashboard Storage")]
    [InlineData("Cli", "LocalHost")]
    public void ProjectReferences_EachProject_PointOneWay(string project, string expected)
    {
        var text = File.ReadAllText(Path.Combine(RepositoryRoot.Find(), "functions", $"Expansion.{project}", $"Expansion.{project}.csproj"));

        Assert.Equal(expected, string.Join(' ', ProjectReference().Matches(text).Select(match => match.Groups[1].Value).Order()));
    }

    [Fact]
    public void WorkerPackages_AllProjects_AreReferencedByTheFunctionsAppOnly()
    {
        var projects = Directory.GetFiles(RepositoryRoot.Find(), "*.csproj", SearchOption.AllDirectories)
            .Where(path => File.ReadAllText(path).Contains("PackageReference Include=\"Microsoft.Azure.Functions.Worker", StringComparison.Ordinal))
            .Select(Path.GetFileNameWithoutExtension);

        Assert.Equal(["Expansion.Functions"], projects);
    }

    [Fact]
    public void FunctionsApp_AllProjects_IsReferencedByNone()
    {
        var projects = Directory.GetFiles(RepositoryRoot.Find(), "*.csproj", SearchOption.AllDirectories)
            .Where(path => File.ReadAllText(path).Contains("Expansion.Functions.csproj", StringComparison.Ordinal));

        Assert.Empty(projects);
    }

    [GeneratedRegex("""<ProjectReference Include="[^"]*/Expansion\.(\w+)\.csproj" />""")]
    private static partial Regex ProjectReference();
}
