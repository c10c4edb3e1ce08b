using System.Globalization;
using Azure.Data.Tables;
using Expansion.Engine;
using Expansion.Engine.Orders;
using Expansion.Storage.Tables;
using Expansion.Testing;
using static Expansion.Storage.Tests.Given;

namespace Expansion.Storage.Tests.Tables;

[Trait("Category", "Azurite")]
public sealed class ProductStoreTests(AzuriteFixture azurite)
{
    private readonly IProductStore _products = new CatalogueTable(new TableServiceClient(azurite.NewAccount()), TimeProvider.System);

    [Fact]
    public async Task SaveAsync_FieldsThatAreNull_LeaveWhatStoodThere()
    {
        var sku = new Sku("a/b ☕");
        await _products.SaveAsync(Shop, [new Product(sku, "Kaffee", null)], default);
        await _products.SaveAsync(Shop, [new Product(sku, null, new Money(1.005m, "KWD"))], default);

        Assert.Equal(new Product(sku, "Kaffee", new Money(1.005m, "KWD")), Assert.Single(await ListAsync()));
    }

    [Fact]
    public async Task SaveAsync_SameProductTwiceInOneCall_TheLaterCountsAndKeepsWhatItDoesNotSay()
    {
        var sku = new Sku("beans");
        await _products.SaveAsync(Shop, [new Product(sku, "Beans", new Money(1, "EUR")), new Product(sku, null, new Money(2, "EUR"))], default);

        Assert.Equal(new Product(sku, "Beans", new Money(2, "EUR")), Assert.Single(await ListAsync()));
    }

    [Fact]
    public async Task SaveAsync_MoreThanOneTransactionHolds_AllComeBackToTheirShop()
    {
        var products = Enumerable.Range(0, 250).Select(number => new Product(new Sku(number.ToString("D3", CultureInfo.InvariantCulture)), $"Product {number}", null)).ToList();
        await _products.SaveAsync(Shop, products, default);

        Assert.Equal(products, await ListAsync());
        Assert.Empty(await _products.ListAsync(ShopId.From("tea.example"), default).ToListAsync());
    }

    private async Task<List<Product>> ListAsync() => await _products.ListAsync(Shop, default).OrderBy(product => product.Sku).ToListAsync();
}
