using System.Text.Json.Nodes;
using Expansion.Engine;
using Expansion.Engine.Orders;
using Expansion.Testing;
using Expansion.Testing.Shopify;
using Microsoft.Extensions.DependencyInjection;
using static Expansion.Testing.Shopify.ShopifyBody;

namespace Expansion.Functions.Tests.Orders;

/// <summary>The same over the wire and into storage: what only the host and the store can get wrong.</summary>
[Trait("Category", "Azurite")]
public sealed class ShopifyWebhookHostTests(AzuriteFixture azurite)
{
    private static readonly ShopId Shop = ShopId.From(ShopifySender.Shop);

    [Theory]
    [InlineData("A-1")]
    [InlineData("kaffee-größe-42-測試-☕")]
    [InlineData("a/b#c?d\\e%2f 'f'")]
    public async Task Post_UnusualSku_IsStoredAsItIs(string sku)
    {
        await using var host = await StartAsync();

        Assert.Equal((200, """{"outcome":"accepted"}"""), await PostAsync(host, "orders/create", Order(1, Line(11, sku)).Bytes()));

        Assert.Equal([new Sku(sku)], (await StoredAsync(host)).Basket);
        var products = host.Services.GetRequiredService<IProductStore>();
        await Eventually.TrueAsync(
            async () => await products.ListAsync(Shop, TestContext.Current.CancellationToken).ToListAsync() is [{ Title: "Product 11" } product] && product.Sku.Value == sku,
            "the product is known");
    }

    [Fact]
    public async Task Post_TenThousandLines_AreStored()
    {
        await using var host = await StartAsync();
        var body = Order(1, [.. Enumerable.Range(0, 10_000).Select(i => Line(i + 1, $"SKU-{i}"))]).Bytes();

        Assert.Equal((200, """{"outcome":"accepted"}"""), await PostAsync(host, "orders/create", body));

        Assert.Equal(10_000, (await StoredAsync(host)).Basket.Count);
    }

    [Fact]
    public async Task Post_TheSameDeliveryAgain_IsADuplicate()
    {
        await using var host = await StartAsync();
        var body = Order(1, Line(11, "A")).Bytes();

        Assert.Equal((200, """{"outcome":"accepted"}"""), await PostAsync(host, "orders/create", body));
        Assert.Equal((200, """{"outcome":"duplicate"}"""), await PostAsync(host, "orders/create", body));
    }

    [Fact]
    public async Task Post_RefundBeforeItsOrder_LeavesTheLineOutOfTheBasket()
    {
        await using var host = await StartAsync();

        Assert.Equal((200, """{"outcome":"accepted"}"""), await PostAsync(host, "refunds/create", Refund(5, 1, (11, 2)).Bytes(), "first"));
        Assert.Equal((200, """{"outcome":"accepted"}"""), await PostAsync(host, "orders/create", Order(1, Line(11, "A", 2), Line(12, "B")).Bytes(), "second"));

        var store = host.Services.GetRequiredService<IOrderStore>();
        await Eventually.TrueAsync(async () => (await FindAsync(store))?.Basket.SetEquals([new Sku("B")]) == true, "the refund is taken off");
    }

    [Fact]
    public async Task Post_WrongSignature_IsAProblem()
    {
        await using var host = await StartAsync();
        var body = Order(1).Bytes();
        var headers = ShopifySender.Headers("orders/create", body, "wrong");

        var (status, answer) = await PostAsync(host, headers, body);

        Assert.Equal(401, status);
        var problem = JsonNode.Parse(answer)!;
        Assert.Equal("Unauthorized", (string?)problem["title"]);
        Assert.Equal(401, (int?)problem["status"]);
        Assert.Equal("X-Shopify-Hmac-Sha256 must be the signature of this body with the shop's secret.", (string?)problem["detail"]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Post_FiveMegabytes_IsTooLarge(bool chunked)
    {
        await using var host = await StartAsync();
        var body = new byte[5_000_000];
        using var request = ShopifySender.Request(ShopifySender.Headers("orders/create", body), body);
        request.Headers.TransferEncodingChunked = chunked;

        using var response = await host.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(413, (int)response.StatusCode);
    }

    private Task<TestHost> StartAsync() => TestHost.StartAsync(azurite.NewAccount(), new() { Settings = ShopifySender.Settings });

    private static Task<(int Status, string Answer)> PostAsync(TestHost host, string topic, byte[] body, string? deliveryId = null)
    {
        var headers = ShopifySender.Headers(topic, body);
        headers["X-Shopify-Webhook-Id"] = deliveryId ?? headers["X-Shopify-Webhook-Id"];
        return PostAsync(host, headers, body);
    }

    private static async Task<(int Status, string Answer)> PostAsync(TestHost host, Dictionary<string, string> headers, byte[] body)
    {
        using var request = ShopifySender.Request(headers, body);
        using var response = await host.Client.SendAsync(request, TestContext.Current.CancellationToken);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private static async Task<Order> StoredAsync(TestHost host)
    {
        var store = host.Services.GetRequiredService<IOrderStore>();
        await Eventually.TrueAsync(async () => await FindAsync(store) is not null, "the order is stored");
        return (await FindAsync(store))!;
    }

    private static async Task<Order?> FindAsync(IOrderStore store) =>
        await store.ReadAsync(Shop, new YearMonth(2026, 3), TestContext.Current.CancellationToken).SingleOrDefaultAsync();
}
