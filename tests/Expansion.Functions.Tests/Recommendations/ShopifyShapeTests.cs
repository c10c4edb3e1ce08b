using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Expansion.Testing;
using static Expansion.Functions.Tests.Recommendations.ServedCoffee;

namespace Expansion.Functions.Tests.Recommendations;

/// <summary>The form of Shopify's own product recommendations.</summary>
[Trait("Category", "Azurite")]
public sealed class ShopifyShapeTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task GetShopifyRecommendations_Product_HasEveryFieldOfTheRealAnswer()
    {
        await using var coffee = await StartAsync(azurite.NewAccount());

        var answer = await GetAsync(coffee, "product_id=1&intent=complementary&limit=3");

        var products = answer["products"]!.AsArray();
        var filters = products.Single(product => (long?)product!["id"] == 3)!;
        Assert.Equal("complementary", (string?)answer["intent"]);
        Assert.Equal(3, products.Count);
        Assert.DoesNotContain(products, product => (long?)product!["id"] is 1 or 6);
        Assert.Equal(("Paper Filters", 400, true, "Filters"), ((string?)filters["title"], (int?)filters["price"], (bool?)filters["available"], (string?)filters["type"]));
        Assert.Equal(("//cdn.example.com/filters.jpg", 30L, "250 g"), ((string?)filters["featured_image"], (long?)filters["variants"]![0]!["id"], (string?)filters["variants"]![0]!["option1"]));
        Assert.StartsWith("/products/handle-3?pr_prod_strat=", (string?)filters["url"], StringComparison.Ordinal);
        var path = SharedMaterial.Find("integrations/samples/shopify/ajax/recommendations_products.json");
        Assert.SkipWhen(path is null, SharedMaterial.Missing);
        var real = JsonNode.Parse(await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken))!["products"]![0]!.AsObject();
        Assert.Empty(real.Select(field => field.Key).Except(filters.AsObject().Select(field => field.Key)));
        Assert.Empty(real["variants"]![0]!.AsObject().Select(field => field.Key).Except(filters["variants"]![0]!.AsObject().Select(field => field.Key)).Except(["quantity_rule"]));
    }

    [Theory]
    [InlineData("", 422, "Invalid parameter error", "A product_id value is missing")]
    [InlineData("product_id=1&intent=both", 422, "Invalid parameter error", "The intent parameter must be one of related, complementary")]
    [InlineData("product_id=77", 404, "Product not found", "No product with id 77 is published in the online store")]
    public async Task GetShopifyRecommendations_BadRequest_IsAnsweredAsThere(string query, int status, string message, string description)
    {
        await using var coffee = await StartAsync(azurite.NewAccount(), withOrders: false);

        using var answer = await coffee.Host.Client.GetAsync($"/api/recommendations/products.json?shop={Shop}&{query}", TestContext.Current.CancellationToken);

        var body = (await answer.Content.ReadFromJsonAsync<JsonObject>(TestContext.Current.CancellationToken))!;
        Assert.Equal((status, status, message, description), ((int)answer.StatusCode, (int?)body["status"], (string?)body["message"], (string?)body["description"]));
    }

    [Fact]
    public async Task ImportProducts_ShopifysExport_IsServed()
    {
        await using var host = await TestHost.StartAsync(azurite.NewAccount(), Options);
        var coffee = new ServedCoffee(host);
        await coffee.PutAsync("settings", new { currency = "EUR" });
        const string Csv = "Handle,Title,Type,Variant SKU,Variant Price,Status\nbeans,Beans,Coffee,B-1,9.50,active\nmug,Mug,Cups,,10,active\n";

        using var answer = await host.Client.PostAsync($"/api/products/import?shop={Shop}", new StringContent(Csv), TestContext.Current.CancellationToken);

        var report = (await answer.Content.ReadFromJsonAsync<JsonObject>(TestContext.Current.CancellationToken))!;
        Assert.Equal((200, 1, 1, 1), ((int)answer.StatusCode, (int?)report["items"], (int?)report["saved"], (int?)report["rejected"]));
        var products = await host.Client.GetFromJsonAsync<JsonObject>($"/api/shops/{Shop}/products?page_size=1", TestContext.Current.CancellationToken);
        Assert.Equal(("B-1", "Beans", 1, "B-1"), ((string?)products!["products"]![0]!["sku"], (string?)products["products"]![0]!["title"], (int?)products["total"], (string?)products["after"]));
        Assert.Equal(400, (int)(await host.Client.PostAsync($"/api/products/import?shop={Shop}", new StringContent("no,header\n"), TestContext.Current.CancellationToken)).StatusCode);
    }

    private static async Task<JsonObject> GetAsync(ServedCoffee coffee, string query) =>
        (await coffee.Host.Client.GetFromJsonAsync<JsonObject>($"/api/recommendations/products.json?shop={Shop}&{query}", TestContext.Current.CancellationToken))!;
}
