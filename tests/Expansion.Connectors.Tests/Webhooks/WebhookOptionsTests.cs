using Expansion.Connectors.Webhooks;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Expansion.Connectors.Tests.Webhooks;

public sealed class WebhookOptionsTests
{
    private const string Secret = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    [Fact]
    public void Validate_NothingConfigured_IsOff() => Assert.Empty(Options([]).Endpoints);

    [Theory]
    [InlineData("Url", "http://crm.example/x")]
    [InlineData("Url", "https://user:pass@crm.example/x")]
    [InlineData("Url", "crm")]
    [InlineData("Id", "a b")]
    [InlineData("Shop", "")]
    [InlineData("Secrets:0", "whsec_short")]
    [InlineData("Types:0", "offer.mad")]
    public void Validate_AMistake_IsNamedWithoutTheSecret(string setting, string value)
    {
        var settings = new Dictionary<string, string?>
        {
            ["Webhooks:Endpoints:0:Id"] = "crm",
            ["Webhooks:Endpoints:0:Shop"] = "coffee.example",
            ["Webhooks:Endpoints:0:Url"] = "https://crm.example/x",
            ["Webhooks:Endpoints:0:Secrets:0"] = Secret,
        };
        Assert.Single(Options(settings).Endpoints);
        settings[$"Webhooks:Endpoints:0:{setting}"] = value;

        var failure = Assert.Single(Assert.Throws<OptionsValidationException>(() => Options(settings)).Failures);

        Assert.StartsWith($"Webhooks:Endpoints:0:{setting.Split(':')[0]}: ", failure, StringComparison.Ordinal);
        Assert.DoesNotContain("short", failure, StringComparison.Ordinal);
    }

    private static WebhookOptions Options(Dictionary<string, string?> settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        using var services = new ServiceCollection().AddWebhooks(configuration).BuildServiceProvider();
        return services.GetRequiredService<IOptions<WebhookOptions>>().Value;
    }
}
