using Expansion.Connectors.Shopify;
using Expansion.Engine;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Expansion.Connectors.Tests.Shopify;

public sealed class ShopifyOptionsTests
{
    [Fact]
    public void Value_TwoShops_EachHasItsSecrets()
    {
        var options = Monitor(Configuration(
            ("Shops:0:Domain", "Coffee.myshopify.com"), ("Shops:0:Secrets:0", "old"), ("Shops:0:Secrets:1", "new"),
            ("Shops:1:Domain", "tea.myshopify.com"), ("Shops:1:Secrets:0", "green"))).CurrentValue;

        Assert.Equal(["old", "new"], options.SecretsOf(ShopId.From("coffee.myshopify.com")));
        Assert.Equal(["green"], options.SecretsOf(ShopId.From("tea.myshopify.com")));
        Assert.Empty(options.SecretsOf(ShopId.From("cocoa.myshopify.com")));
    }

    [Fact]
    public void Value_ManyMistakes_AreAllNamedAndNoSecretIsTold()
    {
        var monitor = Monitor(Configuration(
            ("MaxBodyBytes", "10"),
            ("Shops:0:Domain", "a b"), ("Shops:0:Secrets:0", "secret-one "),
            ("Shops:1:Domain", "tea.myshopify.com"),
            ("Shops:2:Domain", "TEA.myshopify.com"), ("Shops:2:Secrets:0", "secret-two"), ("Shops:2:Secrets:1", "")));

        var error = Assert.Throws<OptionsValidationException>(() => monitor.CurrentValue);

        Assert.Collection(
            error.Failures.Order(StringComparer.Ordinal),
            failure => Assert.Contains("MaxBodyBytes", failure, StringComparison.Ordinal),
            failure => Assert.Equal("Shopify:Shops:0:Domain: 'a b' is no shop's domain, e.g. coffee.myshopify.com.", failure),
            failure => Assert.Equal("Shopify:Shops:0:Secrets:0: is empty, or begins or ends with a blank.", failure),
            failure => Assert.Equal("Shopify:Shops:1:Secrets: 1 to 5 are needed, 0 given.", failure),
            failure => Assert.Equal("Shopify:Shops:2:Domain: tea.myshopify.com is listed more than once; give it several secrets instead.", failure),
            failure => Assert.Equal("Shopify:Shops:2:Secrets:1: is empty, or begins or ends with a blank.", failure));
        Assert.DoesNotContain("secret-", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void CurrentValue_SecretRotatedInTheSource_IsTheNewOne()
    {
        var configuration = Configuration(("Shops:0:Domain", "tea.myshopify.com"), ("Shops:0:Secrets:0", "old"));
        var monitor = Monitor(configuration);
        Assert.Equal(["old"], monitor.CurrentValue.Shops[0].Secrets);

        configuration["Shopify:Shops:0:Secrets:0"] = "new";
        configuration.Reload();

        Assert.Equal(["new"], monitor.CurrentValue.Shops[0].Secrets);
    }

    private static IConfigurationRoot Configuration(params (string Key, string Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create("Shopify:" + setting.Key, (string?)setting.Value))).Build();

    private static IOptionsMonitor<ShopifyOptions> Monitor(IConfiguration configuration) =>
        new ServiceCollection().AddShopify(configuration).BuildServiceProvider().GetRequiredService<IOptionsMonitor<ShopifyOptions>>();
}
