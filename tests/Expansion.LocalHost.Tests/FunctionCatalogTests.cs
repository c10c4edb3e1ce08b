using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;

namespace Expansion.LocalHost.Tests;

public sealed class FunctionCatalogTests
{
    public sealed class Night
    {
        [Function("Night")]
        public static void Run([TimerTrigger("%Schedule%")] TimerInfo timer) => ArgumentNullException.ThrowIfNull(timer);
    }

    public sealed class Twice
    {
        [Function("One")]
        public static void One([QueueTrigger("one")] string message) => ArgumentNullException.ThrowIfNull(message);

        [Function("one")]
        public static void Another([QueueTrigger("two")] string message) => ArgumentNullException.ThrowIfNull(message);
    }

    public sealed class Untriggered
    {
        [Function("Untriggered")]
        public static void Run(string message) => ArgumentNullException.ThrowIfNull(message);
    }

    private static FunctionCatalog Create(Type type, params (string Name, string Value)[] settings) =>
        FunctionCatalog.Create([type], new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Value))).Build());

    private static string Refusal(Type type) => Assert.Throws<InvalidOperationException>(() => Create(type)).Message;

    [Fact]
    public void Create_SettingInASchedule_IsFilledIn() =>
        Assert.Equal("0 0 2 * * *", Assert.IsType<TimerFunction>(Create(typeof(Night), ("Schedule", "0 0 2 * * *")).Find("night")).Schedule);

    [Fact]
    public void Create_SettingThatIsMissing_NamesIt() => Assert.Equal("The function Night needs the setting Schedule, which is not set.", Refusal(typeof(Night)));

    [Fact]
    public void Create_TwoOfOneName_Throws() => Assert.Equal("Two functions are named One.", Refusal(typeof(Twice)));

    [Fact]
    public void Create_NoTrigger_Throws() => Assert.Equal("The function Untriggered has 0 triggers and needs one.", Refusal(typeof(Untriggered)));

    [Theory]
    [InlineData("AzureWebJobs.Night.Disabled", "true", true)]
    [InlineData("AzureWebJobs.Night.Disabled", "1", true)]
    [InlineData("AzureWebJobs:Night:Disabled", "True", true)]
    [InlineData("AzureWebJobs.Night.Disabled", "false", false)]
    [InlineData("AzureWebJobs.Nightly.Disabled", "true", false)]
    public void Create_SettingForDisabled_IsHeeded(string name, string value, bool expected) =>
        Assert.Equal(expected, Create(typeof(Night), ("Schedule", "0 0 2 * * *"), (name, value)).Functions.Single().IsDisabled);
}
