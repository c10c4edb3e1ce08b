using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Expansion.Engine;
using Expansion.Engine.Affinity;
using Expansion.Engine.Orders;
using Expansion.Testing;
using Expansion.Testing.Shopify;
using Microsoft.Extensions.DependencyInjection;
using static Expansion.Testing.Shopify.ShopifyBody;

namespace Expansion.Functions.Tests;

/// <summary>One order's way from webhook to recommendation: the map of the product.</summary>
[Trait("Category", "Azurite")]
public sealed class MainPathTests(AzuriteFixture azurite)
{
    private static readonly ShopId Shop = ShopId.From(ShopifySender.Shop);

    [Fact]
    public async Task OrdersByWebhook_AfterTheNight_BecomeARecommendation()
    {
        await using var host = await TestHost.StartAsync(azurite.NewAccount(), new() { Settings = ShopifySender.Settings });

        // A shop's orders arrive: beans and filters together, a mug with neither.
        for (var order = 0; order < 40; order++)
        {
            var lines = order % 2 == 0 ? new[] { Line(1, "beans"), Line(2, "filters") } : [Line(3, "mug")];
            Assert.Equal(200, await SendAsync(host, order, Order(order + 1, lines).Bytes()));
        }

        var orders = host.Services.GetRequiredService<IOrderStore>();
        await Eventually.TrueAsync(async () => await StoredAsync(orders) == 40, "the queue function has stored every order");

        // The night comes: the timer sends a message for the shop, and its queue function recomputes.
        var night = await host.Client.PostAsJsonAsync("/admin/functions/RecomputeAffinity", new { input = "" });
        Assert.Equal(202, (int)night.StatusCode);
        var affinities = host.Services.GetRequiredService<IAffinityStore>();
        await Eventually.TrueAsync(async () => await affinities.CurrentAsync(Shop, default) is not null, "the new generation is published");

        // Somebody looks at the beans.
        var answer = await host.Client.GetFromJsonAsync<JsonObject>($"/api/recommendations?shop={Shop}&product=beans&limit=2&source=affinity");
        var first = answer!["items"]![0]!;
        Assert.Equal(("filters", "affinity"), ((string?)first["sku"], (string?)first["source"]));
        Assert.Equal("20 of the 20 orders with Product 1 also hold it (100 %), 2.0 times as often as by chance.", (string?)first["reason"]);
        Assert.Equal("bestseller", (string?)answer["items"]![1]!["source"]);
        Assert.Equal(40, (long?)answer["generation"]!["baskets"]);

        // From the same night's orders a model is trained, and from then on answers for all sources together.
        await Eventually.TrueAsync(async () => (await RecommendAsync(host))["generation"]!["model"] is not null, "the model is trained and served");
        var learned = (await RecommendAsync(host))["items"]![0]!;
        Assert.Equal(("filters", "cross_sell"), ((string?)learned["sku"], (string?)learned["kind"]));
    }

    private static async Task<JsonObject> RecommendAsync(TestHost host) =>
        (await host.Client.GetFromJsonAsync<JsonObject>($"/api/recommendations?shop={Shop}&product=beans&limit=2"))!;

    private static async Task<int> SendAsync(TestHost host, int delivery, byte[] body)
    {
        var headers = ShopifySender.Headers("orders/create", body);
        headers["X-Shopify-Webhook-Id"] = $"delivery-{delivery}";
        using var response = await host.Client.SendAsync(ShopifySender.Request(headers, body));
        return (int)response.StatusCode;
    }

    private static async Task<int> StoredAsync(IOrderStore orders)
    {
        var months = await orders.ChangedMonthsAsync(Shop, default);
        return await months.ToAsyncEnumerable().SelectMany(month => orders.ReadAsync(Shop, month.Month, default)).CountAsync();
    }
}
