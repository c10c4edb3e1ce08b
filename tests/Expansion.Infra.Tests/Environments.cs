using System.Text.Json.Nodes;

[assembly: AssemblyFixture(typeof(Expansion.Infra.Tests.Environments))]

namespace Expansion.Infra.Tests;

/// <summary>What each parameter file deploys: predicted once for all tests.</summary>
public sealed class Environments : IAsyncLifetime
{
    private readonly Dictionary<string, JsonArray> _resources = [];

    public static TheoryData<string> Names => ["dev", "prod"];

    public async ValueTask InitializeAsync()
    {
        foreach (var name in Names)
        {
            _resources[name.Data] = await BicepCli.PredictAsync(name.Data);
        }
    }

    public IEnumerable<JsonNode> Resources(string environment, string type) => _resources[environment].Where(resource => resource!["type"]!.GetValue<string>() == type)!;

    /// <summary>The last part of each resource's name, in order.</summary>
    public IEnumerable<string> NamesOf(string environment, string type) =>
        Resources(environment, type).Select(resource => resource["name"]!.GetValue<string>().Split('/')[^1]).Order(StringComparer.Ordinal);

    public string Text(string environment) => _resources[environment].ToJsonString();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
