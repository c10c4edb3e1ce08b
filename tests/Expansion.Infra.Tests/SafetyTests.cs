using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Expansion.Infra.Tests;

/// <summary>Decisions that nobody may undo in passing.</summary>
public sealed partial class SafetyTests(Environments environments)
{
    [Theory]
    [MemberData(nameof(Environments.Names), MemberType = typeof(Environments))]
    public void Resources_OfEachEnvironment_HoldNoKeys(string environment)
    {
        Assert.DoesNotContain("AccountKey", environments.Text(environment), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("listKeys", environments.Text(environment), StringComparison.OrdinalIgnoreCase);
        Assert.False(Only(environment, "Microsoft.Storage/storageAccounts")["allowSharedKeyAccess"]!.GetValue<bool>());
        Assert.False(Only(environment, "Microsoft.Storage/storageAccounts")["allowBlobPublicAccess"]!.GetValue<bool>());
        Assert.True(Only(environment, "Microsoft.KeyVault/vaults")["enableRbacAuthorization"]!.GetValue<bool>());
        Assert.True(Only(environment, "Microsoft.Insights/components")["DisableLocalAuth"]!.GetValue<bool>());
        Assert.All(environments.Resources(environment, "Microsoft.Web/sites/basicPublishingCredentialsPolicies"), door => Assert.False(door["properties"]!["allow"]!.GetValue<bool>()));
    }

    [Fact]
    public void Production_FromTheInternet_HasNeitherStorageNorVault()
    {
        Assert.Equal("Disabled", Only("prod", "Microsoft.Storage/storageAccounts")["publicNetworkAccess"]!.GetValue<string>());
        Assert.Equal("Disabled", Only("prod", "Microsoft.KeyVault/vaults")["publicNetworkAccess"]!.GetValue<string>());
        Assert.Equal(4, environments.Resources("prod", "Microsoft.Network/privateEndpoints").Count());
    }

    /// <summary>Handing a module's outputs on as one object hands on their types as well, which only a real deployment would notice.</summary>
    [Theory]
    [MemberData(nameof(Environments.Names), MemberType = typeof(Environments))]
    public void Outputs_OfModules_AreTakenByValue(string environment) => Assert.DoesNotMatch(OutputWithoutValue(), environments.Text(environment));

    [Fact]
    public void Alerts_OfProduction_EachHaveASectionInTheOperationsGuide()
    {
        var guide = File.ReadAllText(Path.Combine(BicepCli.Folder, "..", "docs", "operations", "README.md"));

        Assert.All(
            environments.Resources("prod", "Microsoft.Insights/scheduledQueryRules"),
            alert => Assert.Contains($"### {alert["properties"]!["displayName"]!.GetValue<string>()["Expansion: ".Length..]}\n", guide, StringComparison.Ordinal));
    }

    private JsonNode Only(string environment, string type) => Assert.Single(environments.Resources(environment, type))["properties"]!;

    [GeneratedRegex(@"\.outputs\.\w+(?!\w|\.value)")]
    private static partial Regex OutputWithoutValue();
}
