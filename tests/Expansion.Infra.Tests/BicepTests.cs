namespace Expansion.Infra.Tests;

public sealed class BicepTests
{
    [Fact]
    public async Task Lint_OfEverything_HasNothingToSay()
    {
        var (_, diagnostics) = await BicepCli.RunAsync(BicepCli.Folder, "lint", "main.bicep");

        Assert.Empty(diagnostics);
    }

    [Fact]
    public async Task Format_OfEverything_ChangesNothing()
    {
        using var copy = new BicepCopy();

        var (_, diagnostics) = await BicepCli.RunAsync(copy.Folder, "format", "--pattern", "**/*.bicep*");

        Assert.Empty(diagnostics);
        Assert.All(BicepCli.Files(), file => Assert.Equal(File.ReadAllText(Path.Combine(BicepCli.Folder, file)), File.ReadAllText(Path.Combine(copy.Folder, file))));
    }
}
