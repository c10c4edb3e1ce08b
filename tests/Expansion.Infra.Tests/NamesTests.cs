using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Expansion.Infra.Tests;

/// <summary>What the Bicep makes is what the code uses: no more, no less. Names are added in infra/app/names.bicep, a line each.</summary>
public sealed partial class NamesTests(Environments environments)
{
    private const string File = "infra/app/names.bicep";

    private static readonly CodeNames Code = CodeNames.Read();

    [Theory]
    [MemberData(nameof(Environments.Names), MemberType = typeof(Environments))]
    public void Tables_OfTheBicep_AreThoseOfTheCode(string environment) =>
        Same(Code.Tables, environments.NamesOf(environment, "Microsoft.Storage/storageAccounts/tableServices/tables"), "table", "tables");

    [Theory]
    [MemberData(nameof(Environments.Names), MemberType = typeof(Environments))]
    public void Containers_OfTheBicep_AreThoseOfTheCodeAndThePackages(string environment) =>
        Same(Code.Containers.Append("app-package"), environments.NamesOf(environment, "Microsoft.Storage/storageAccounts/blobServices/containers"), "container", "containers");

    [Theory]
    [MemberData(nameof(Environments.Names), MemberType = typeof(Environments))]
    public void Queues_OfTheBicep_AreThoseOfTheCodeEachWithItsPoisonQueue(string environment) =>
        Same(
            Code.Queues.SelectMany(queue => new[] { queue, $"{queue}-poison" }),
            environments.NamesOf(environment, "Microsoft.Storage/storageAccounts/queueServices/queues"), "queue", "queues");

    [Fact]
    public void PublicPaths_OfTheBicep_AreThoseOfTheAnonymousFunctions() =>
        Same(
            Code.PublicPaths,
            environments.Resources("prod", "Microsoft.Web/sites/config").Select(config => config["properties"]!["globalValidation"]).OfType<JsonNode>().Single()["excludedPaths"]!
                .AsArray().Select(path => path!.GetValue<string>()),
            "path", "publicPaths");

    [Fact]
    public async Task Sections_OfTheBicep_AreThoseThatTheCodeReads()
    {
        var names = await System.IO.File.ReadAllTextAsync(Path.Combine(BicepCli.Folder, "app", "names.bicep"));

        Same(Code.Sections, Section().Matches(names).Select(match => match.Groups[1].Value), "section", "sections");
    }

    [Theory]
    [MemberData(nameof(Environments.Names), MemberType = typeof(Environments))]
    public void Settings_OfTheBicep_AreReadByTheCodeWhichStartsWithThem(string environment)
    {
        var settings = environments.Resources(environment, "Microsoft.Web/sites/config")
            .Single(config => config["name"]!.GetValue<string>().EndsWith("/appsettings", StringComparison.Ordinal))["properties"]!.AsObject()
            .Select(setting => KeyValuePair.Create(setting.Key.Replace("__", ":", StringComparison.Ordinal), (string?)setting.Value!.GetValue<string>()))
            // Of the platform and of its libraries.
            .Where(setting => setting.Key is not ("AzureWebJobsStorage:accountName" or "AzureWebJobsStorage:credential" or "AzureWebJobsStorage:clientId" or "AZURE_CLIENT_ID")
                && !setting.Key.StartsWith("APPLICATIONINSIGHTS_", StringComparison.Ordinal))
            .ToList();

        var code = CodeNames.Read(settings);

        Assert.All(settings, setting => Assert.True(code.Reads(setting.Key), $"Nothing reads the setting {setting.Key}."));
    }

    [Fact]
    public void Settings_ThatAreSecret_ComeFromTheVault()
    {
        var plain = environments.Resources("prod", "Microsoft.Web/sites/config")
            .SelectMany(config => config["properties"]!.AsObject())
            .Where(setting => SecretName().IsMatch(setting.Key) && !setting.Value!.ToString().Contains("@Microsoft.KeyVault(", StringComparison.Ordinal))
            .Select(setting => setting.Key);

        Assert.Empty(plain);
    }

    private static void Same(IEnumerable<string> code, IEnumerable<string> bicep, string what, string list)
    {
        var (used, made) = (code.ToHashSet(), bicep.ToHashSet());
        var missing = used.Except(made).Order(StringComparer.Ordinal).Select(name => $"The code uses the {what} '{name}': add it to {list} in {File}.");
        var superfluous = made.Except(used).Order(StringComparer.Ordinal).Select(name => $"Nothing uses the {what} '{name}': remove it from {list} in {File}.");
        var said = string.Join(Environment.NewLine, missing.Concat(superfluous));
        Assert.True(said.Length == 0, said);
    }

    [GeneratedRegex(@"^  (\w+): \{ \*: string \}\?$", RegexOptions.Multiline)]
    private static partial Regex Section();

    [GeneratedRegex(@"(Secret|Key|Token|Password)s?(__\d+)?$", RegexOptions.IgnoreCase)]
    private static partial Regex SecretName();
}
