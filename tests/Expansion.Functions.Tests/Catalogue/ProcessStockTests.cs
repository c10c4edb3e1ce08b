using System.Text.Json.Nodes;
using Expansion.Engine;
using Expansion.Engine.Recommendations.Catalogue;
using Expansion.Functions.Tests.Compliance;
using Expansion.Testing;
using Expansion.Testing.Shopify;
using Microsoft.Extensions.DependencyInjection;

namespace Expansion.Functions.Tests.Catalogue;

/// <summary>Stock as Shopify tells it by location, for products it has told of by name.</summary>
[Trait("Category", "Azurite")]
public sealed class ProcessStockTests(AzuriteFixture azurite)
{
    private static readonly ShopId Shop = ShopId.From(ShopifySender.Shop);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Levels_OfOneLocationThenOfTwo_AreTheProductsStock()
    {
        await using var host = await TestHost.StartAsync(azurite.NewAccount(), new() { Settings = ShopifySender.Settings });
        await SendLevelAsync(host, location: 1, available: 4, minute: 0);
        await host.SendAsync("products/update", Product(stock: 4));
        await StockIsAsync(host, 4);

        await SendLevelAsync(host, location: 1, available: 0, minute: 2);
        await StockIsAsync(host, 0);
        // Older than what is known.
        await SendLevelAsync(host, location: 1, available: 9, minute: 1);
        await host.SettleAsync();
        await StockIsAsync(host, 0);
        await SendLevelAsync(host, location: 2, available: 3, minute: 3);
        await StockIsAsync(host, 3);
        await SendLevelAsync(host, location: 2, available: 0, minute: 4);
        await StockIsAsync(host, 0);
        await host.SendAsync("products/update", Product(stock: 7));
        await StockIsAsync(host, 7);
    }

    private static Task StockIsAsync(TestHost host, long stock) => Eventually.TrueAsync(
        async () => (await host.Services.GetRequiredService<ICatalogueStore>().FindAsync(Shop, [new("beans")], Stop)).SingleOrDefault()?.Item.Stock == stock, $"the stock is {stock}");

    private static JsonObject Product(int stock) => new()
    {
        ["id"] = 9,
        ["title"] = "Beans",
        ["status"] = "active",
        ["updated_at"] = "2026-03-01T10:00:00Z",
        ["variants"] = new JsonArray(new JsonObject { ["id"] = 91, ["sku"] = "beans", ["price"] = "9.00", ["inventory_quantity"] = stock, ["inventory_policy"] = "deny", ["inventory_item_id"] = 271878346596884015 }),
    };

    private static Task SendLevelAsync(TestHost host, long location, long available, int minute) => host.SendAsync("inventory_levels/update", new JsonObject
    {
        ["inventory_item_id"] = 271878346596884015,
        ["location_id"] = location,
        ["available"] = available,
        ["updated_at"] = $"2026-03-01T10:{minute:D2}:00Z",
    });
}
