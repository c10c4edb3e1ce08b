using Microsoft.Extensions.Configuration;

namespace Expansion.LocalHost.Tests;

public sealed class HostConfigurationTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("settings-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private IConfigurationRoot Load(string? localSettings, Dictionary<string, string?>? environment = null, Dictionary<string, string?>? settings = null)
    {
        if (localSettings is not null)
        {
            File.WriteAllText(Path.Combine(_folder, "local.settings.json"), localSettings);
        }
        return HostConfiguration.Load(_folder, builder => builder.AddInMemoryCollection(environment), settings);
    }

    [Fact]
    public void Load_LocalSettings_GivesTheirValuesAsTheEnvironmentWould()
    {
        var configuration = Load("""{ "IsEncrypted": false, "Values": { "A__B": "1", "AzureWebJobs.Off.Disabled": "true" }, "ConnectionStrings": { "Other": "there" }, "Host": { "CORS": "*" } }""");

        Assert.Equal("1", configuration["A:B"]);
        Assert.Equal("true", configuration["AzureWebJobs.Off.Disabled"]);
        Assert.Equal("there", configuration.GetConnectionString("Other"));
        Assert.Null(configuration["CORS"]);
    }

    [Fact]
    public void Load_SameSettingTwice_TheEnvironmentWinsAndTheCallerAboveIt()
    {
        var configuration = Load(
            """{ "IsEncrypted": false, "Values": { "One": "file", "Two": "file", "Three": "file" } }""",
            new() { ["Two"] = "environment", ["Three"] = "environment" },
            new() { ["Three"] = "caller" });

        Assert.Equal(("file", "environment", "caller"), (configuration["One"], configuration["Two"], configuration["Three"]));
    }

    [Fact]
    public void Load_HostJson_IsReadAndOverriddenByTheHostsOwnSettings()
    {
        var configuration = Load(null, new() { ["AzureFunctionsJobHost:extensions:queues:batchSize"] = "4" });

        Assert.Equal("4", configuration["AzureFunctionsJobHost:extensions:queues:batchSize"]);
        Assert.Equal("base64", configuration["AzureFunctionsJobHost:extensions:queues:messageEncoding"]);
        Assert.Equal("api", configuration["AzureFunctionsJobHost:extensions:http:routePrefix"]);
    }

    [Theory]
    [InlineData("""{ "Values": { "A": "1" } }""")]
    [InlineData("""{ "IsEncrypted": true, "Values": { "A": "1" } }""")]
    public void Load_EncryptedSettings_SaysWhatToDo(string localSettings) =>
        Assert.Contains("Start over from local.settings.sample.json", Assert.Throws<InvalidOperationException>(() => Load(localSettings)).Message, StringComparison.Ordinal);
}
