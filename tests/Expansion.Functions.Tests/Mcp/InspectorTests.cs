using System.Diagnostics;
using System.Text.Json.Nodes;
using Expansion.Engine;
using Expansion.Engine.Shops;
using Expansion.LocalHost;
using Expansion.LocalHost.Azurite;
using Expansion.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Expansion.Functions.Tests.Mcp;

/// <summary>The MCP Inspector's command line against the endpoint. It installs 160 MB from npm, so it runs only when it is asked for: docs/mcp.md says how.</summary>
[Trait("Category", "Azurite")]
public sealed class InspectorTests(AzuriteFixture azurite)
{
    private const string Key = "0123456789abcdef01234567";

    private static readonly CancellationToken Stop = TestContext.Current.CancellationToken;

    [Fact(Explicit = true)]
    public async Task Inspector_ListsAndCallsTools()
    {
        var folder = await AzuriteInstallation.EnsureAsync(Path.Combine(RepositoryRoot.Find(), "tests", "Expansion.Testing", "Inspector"), Stop);
        await using var host = await TestHost.StartAsync(azurite.NewAccount(), new() { Settings = new Dictionary<string, string?> { ["Mcp:Clients:0:Name"] = "inspector", ["Mcp:Clients:0:Key"] = Key } });
        await host.Services.GetRequiredService<IShopStore>().EnsureAsync(ShopId.From("coffee.example"), Stop);
        var url = new Uri(host.Client.BaseAddress!, "/api/mcp").AbsoluteUri;

        var list = await RunAsync(folder, url, Key, "--method", "tools/list");
        var call = await RunAsync(folder, url, Key, "--method", "tools/call", "--tool-name", "list_rules", "--tool-arg", "shop=coffee.example");
        var refused = await RunAsync(folder, url, "wrong", "--method", "tools/list");

        Assert.Contains("list_actionable_pairs", list.Output["tools"]!.AsArray().Select(tool => (string?)tool!["name"]));
        Assert.NotEmpty(call.Output["structuredContent"]!["examples"]!.AsArray());
        Assert.NotEqual(0, refused.ExitCode);
    }

    private static async Task<(int ExitCode, JsonNode Output)> RunAsync(string folder, string url, string key, params string[] method)
    {
        string[] arguments = [Path.Combine("node_modules", ".bin", "mcp-inspector"), "--cli", url, "--transport", "http", "--header", $"Authorization: Bearer {key}", .. method];
        using var process = Process.Start(new ProcessStartInfo("node", arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(Stop), process.StandardError.ReadToEndAsync(Stop));
        await process.WaitForExitAsync(Stop);
        await error;
        return (process.ExitCode, process.ExitCode == 0 ? JsonNode.Parse(await output)! : new JsonObject());
    }
}
