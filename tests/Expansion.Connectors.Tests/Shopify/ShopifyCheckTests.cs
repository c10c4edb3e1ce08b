using Expansion.Connectors.Shopify;
using Expansion.Testing.Shopify;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Expansion.Connectors.Tests.Shopify;

public sealed class ShopifyCheckTests
{
    [Theory]
    [InlineData("read_orders read_all_orders read_products", false, true, "coffee.myshopify.com lets us read its orders and products.")]
    [InlineData("read_orders read_products", false, true, "coffee.myshopify.com lets us read its orders of 60 days, and products; older orders need read_all_orders.")]
    [InlineData("read_orders read_products", true, false, "coffee.myshopify.com doesn't grant write_products: add them to the app's scopes, and have the shop agree.")]
    [InlineData("", false, false, "coffee.myshopify.com doesn't grant read_orders, read_products: add them to the app's scopes, and have the shop agree.")]
    public async Task Examine_GrantedScopes_SaysWhatIsMissing(string granted, bool publish, bool ok, string sentence)
    {
        await using var shopify = await ShopifyAdminFake.StartAsync();
        shopify.Scopes = granted.Split(' ', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(new(ok, sentence), await ExamineAsync(new(shopify.Settings) { ["Shopify:Shops:0:PublishComplementary"] = $"{publish}" }));
    }

    [Theory]
    [InlineData(401, "coffee.myshopify.com refuses with 401: is the access token right, the app still installed, the shop open?")]
    [InlineData(500, "coffee.myshopify.com answers with 500.")]
    public async Task Examine_ShopThatRefuses_SaysWhy(int status, string sentence)
    {
        await using var shopify = await ShopifyAdminFake.StartAsync();
        shopify.Trouble = context =>
        {
            context.Response.StatusCode = status;
            return Task.FromResult(true);
        };

        Assert.Equal(new(false, sentence), await ExamineAsync(shopify.Settings));
    }

    [Fact]
    public async Task Examine_NoToken_IsOff() =>
        Assert.Equal(new(true, "Backfill and publishing are off for coffee.myshopify.com: it has no AccessToken."), await ExamineAsync(ShopifySender.Settings));

    private static async Task<ConnectorFinding> ExamineAsync(Dictionary<string, string?> settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        await using var services = new ServiceCollection().AddShopify(configuration).BuildServiceProvider();
        return await services.GetServices<IConnectorCheck>().OfType<ShopifyCheck>().Single().ExamineAsync(TestContext.Current.CancellationToken).SingleAsync(TestContext.Current.CancellationToken);
    }
}
