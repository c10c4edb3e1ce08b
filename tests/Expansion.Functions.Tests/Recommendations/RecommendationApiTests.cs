using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Expansion.Functions.Recommendations;
using Expansion.Functions.Shops;
using Expansion.Testing;

namespace Expansion.Functions.Tests.Recommendations;

[Trait("Category", "Azurite")]
public sealed class RecommendationApiTests(AzuriteFixture azurite)
{
    public static TheoryData<string, int, string> BadRequests => new()
    {
        { "", 400, "Say which shop: ?shop=coffee.myshopify.com" },
        { "shop=no_shop", 400, "Say which shop: ?shop=coffee.myshopify.com" },
        { "shop=nobody", 404, "There is no shop 'nobody'. Import its orders, or add it with PUT /api/shops/{shop}/settings." },
        { "shop=coffee.example&limit=0", 400, "limit is '0'; it must be a whole number from 1 to 50." },
        { "shop=coffee.example&limit=51", 400, "limit is '51'; it must be a whole number from 1 to 50." },
        { "shop=coffee.example&limit=four", 400, "limit is 'four'; it must be a whole number from 1 to 50." },
        { "shop=coffee.example&touchpoint=doormat", 400, "touchpoint is 'doormat'; it must be one of product_page, cart_page, checkout, post_purchase_email, onboarding, in_app, account_page, customer_success." },
        { $"shop=coffee.example&product=x&cart={string.Join(',', Enumerable.Range(0, 100))}", 400, "101 products were given; at most 100 can be. Send the most recent ones." },
        { $"shop=coffee.example&product={new string('x', 256)}", 400, "A product of 256 characters was given; a SKU has at most 255." },
    };

    [Theory]
    [MemberData(nameof(BadRequests))]
    public async Task GetRecommendations_BadRequest_SaysWhatToDo(string query, int status, string detail)
    {
        await using var host = await StartAsync();

        Assert.Equal((status, detail), await Problem.OfAsync(await host.Client.GetAsync($"/api/recommendations?{query}", TestContext.Current.CancellationToken)));
    }

    [Fact]
    public async Task GetRecommendations_BeforeTheFirstRecompute_IsEmptyAndRestsOnNothing()
    {
        await using var host = await StartAsync();

        var answer = await host.Client.GetFromJsonAsync<JsonObject>("/api/recommendations?shop=coffee.example&product=x&touchpoint=cart_page", TestContext.Current.CancellationToken);

        Assert.Equal(("coffee.example", "cart_page", 0), ((string?)answer!["shop"], (string?)answer["touchpoint"], answer["items"]!.AsArray().Count));
        Assert.Null(answer["generation"]);
    }

    private async Task<TestHost> StartAsync()
    {
        var host = await TestHost.StartAsync(azurite.NewAccount(), new() { Functions = [typeof(GetRecommendations), typeof(PutShopSettings)] });
        await host.Client.PutAsJsonAsync("/api/shops/coffee.example/settings", new { }, TestContext.Current.CancellationToken);
        return host;
    }
}
