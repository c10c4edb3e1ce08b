using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Expansion.Engine;
using Expansion.Engine.Orders;
using Expansion.Functions.Recommendations;
using Expansion.LocalHost;
using Expansion.Testing;
using Expansion.Testing.Shopify;
using Microsoft.Extensions.DependencyInjection;

namespace Expansion.Functions.Tests.Recommendations;

/// <summary>A host that serves a small coffee shop with a catalogue, some orders and a model of both.</summary>
internal sealed class ServedCoffee(TestHost host) : IAsyncDisposable
{
    public static readonly ShopId Shop = ShopId.From(ShopifySender.Shop);

    private static readonly DateTimeOffset Start = DateTimeOffset.UtcNow.AddDays(-40);

    public TestHost Host => host;

    /// <summary>Trained here and now, and by no message that comes later.</summary>
    public static TestHostOptions Options => new() { Settings = ShopifySender.Settings, Functions = FunctionCatalog.AppTypes.Except([typeof(TrainModel)]) };

    public static async Task<ServedCoffee> StartAsync(string storage, bool withOrders = true)
    {
        var coffee = new ServedCoffee(await TestHost.StartAsync(storage, Options));
        await coffee.PutAsync("settings", new { currency = "EUR" });
        await coffee.PutAsync("products", new object[]
        {
            Product("beans", "Espresso Beans", "Coffee", 10, "1"),
            Product("beans-kilo", "Espresso Beans", "Coffee", 32, "1", "1 kg"),
            Product("decaf", "Decaf Espresso Beans", "Coffee", 12, "2"),
            Product("filters", "Paper Filters", "Filters", 4, "3"),
            Product("grinder", "Hand Grinder", "Grinders", 60, "4", durable: true),
            Product("mug", "Mug", "Cups", 9, "5"),
            Product("voucher", "Voucher", "Gift Card", 25, "6", giftCard: true),
        });
        if (withOrders)
        {
            await coffee.OrderAsync();
        }

        await coffee.TrainAsync();
        return coffee;
    }

    public async Task TrainAsync() => await host.Services.GetRequiredService<ModelTraining>().RunAsync(Shop, default);

    public async Task<HttpResponseMessage> PutAsync(string path, object body)
    {
        var answer = await host.Client.PutAsJsonAsync($"/api/shops/{Shop}/{path}", body, TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return answer;
    }

    public async Task<JsonObject> AskAsync(string query) =>
        (await host.Client.GetFromJsonAsync<JsonObject>($"/api/recommendations?shop={Shop}&limit=10&{query}", TestContext.Current.CancellationToken))!;

    public async Task<string[]> SkusAsync(string query) => [.. (await AskAsync(query))["items"]!.AsArray().Select(item => (string)item!["sku"]!)];

    /// <summary>As Shopify sends it, now.</summary>
    public async Task SendProductAsync(string sku, int stock, string updatedAt)
    {
        var body = new JsonObject
        {
            ["id"] = 9,
            ["title"] = sku,
            ["status"] = "active",
            ["published_at"] = "2026-01-01T00:00:00Z",
            ["updated_at"] = updatedAt,
            ["variants"] = new JsonArray(new JsonObject { ["id"] = 91, ["sku"] = sku, ["price"] = "9.00", ["inventory_quantity"] = stock, ["inventory_policy"] = "deny" }),
        }.Bytes();
        var headers = ShopifySender.Headers("products/update", body);
        headers["X-Shopify-Webhook-Id"] = Guid.NewGuid().ToString();
        headers["X-Shopify-Triggered-At"] = updatedAt;
        using var answer = await host.Client.SendAsync(ShopifySender.Request(headers, body), TestContext.Current.CancellationToken);
        Assert.Equal(200, (int)answer.StatusCode);
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    /// <summary>Beans go with filters and sometimes a mug; anna buys beans every ten days and has a grinder.</summary>
    private async Task OrderAsync()
    {
        var orders = new List<Order>();
        for (var number = 0; number < 120; number++)
        {
            string[] skus = number % 3 == 0 ? ["beans", "filters"] : number % 3 == 1 ? ["beans", "filters", "mug"] : ["decaf"];
            orders.Add(Order($"{number}", $"customer-{number % 50}", Start.AddHours(number), skus));
        }

        orders.Add(Order("grinder", "anna", Start, "grinder"));
        orders.AddRange(Enumerable.Range(0, 4).Select(time => Order($"anna-{time}", "anna", Start.AddDays(10 * time), "beans")));
        foreach (var month in orders.GroupBy(order => order.Month))
        {
            await host.Services.GetRequiredService<IBasketSegments>().WriteAsync(Shop, month.Key, new([.. month], null), default);
        }
    }

    private static Order Order(string id, string customer, DateTimeOffset at, params string[] skus) =>
        new(new(id), new CustomerId(customer), at, at, [.. skus.Select(sku => new OrderLine(new(sku), 1, 1, new(10, "EUR")))]);

    private static object Product(string sku, string title, string type, int price, string product, string? size = null, bool durable = false, bool giftCard = false) => new
    {
        sku,
        title,
        type,
        vendor = "Acme",
        product_id = product,
        variant_id = $"{product}0",
        handle = $"handle-{product}",
        price = new { amount = price, currency = "EUR" },
        stock = 5,
        status = "active",
        published = true,
        durable,
        gift_card = giftCard,
        tags = Array.Empty<string>(),
        image = $"https://cdn.example.com/{sku}.jpg",
        options = new[] { new { name = "Size", value = size ?? "250 g" } },
    };
}
