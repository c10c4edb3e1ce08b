using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Expansion.Connectors.Csv;
using Expansion.Engine;
using Expansion.Engine.Affinity;
using Expansion.Functions.Affinity;
using Expansion.Functions.Orders;
using Expansion.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Expansion.Functions.Tests.Pricing;

/// <summary>From orders to bundles that are shown and exported: import, recompute, queue, build.</summary>
[Trait("Category", "Azurite")]
public sealed class BundlesOverHttpTests(AzuriteFixture azurite)
{
    private static readonly ShopId Shop = ShopId.From("coffee.example");

    [Fact]
    public async Task Bundles_AfterARecompute_AreMadeOfWhatBelongsTogetherAndFollowStockAndRejection()
    {
        await using var host = await TestHost.StartAsync(azurite.NewAccount());
        await host.Client.PutAsJsonAsync($"/api/shops/{Shop}/settings", new { currency = "EUR" }, TestContext.Current.CancellationToken);
        await host.Client.PutAsJsonAsync($"/api/shops/{Shop}/pricing", new { max_bundles_per_product = 1 }, TestContext.Current.CancellationToken);
        Assert.Empty((await BundlesAsync(host))["bundles"]!.AsArray());

        await PostAsync(host, "product-terms", """[{"sku":"beans","cost":{"amount":4,"currency":"EUR"},"stock":5},{"sku":"grinder","cost":{"amount":16,"currency":"EUR"},"stock":5},{"sku":"cup","cost":{"amount":2,"currency":"EUR"},"stock":null}]""");
        await LearnAsync(host);

        // The recompute has asked for them.
        await Eventually.TrueAsync(async () => (await BundlesAsync(host))["bundles"]!.AsArray().Count > 0, "the bundles are made");
        var bundles = await BundlesAsync(host);
        var best = bundles["bundles"]![0]!;
        Assert.Equal(["beans", "cup", "grinder"], best["items"]!.AsArray().Select(item => item!["sku"]!.GetValue<string>()));
        Assert.Equal((55m, 44m, 22m, 20), (Amount(best["sum"]), Amount(best["price"]), Amount(best["margin"]), best["saving_percent"]!.GetValue<int>()));
        Assert.Equal(44, best["items"]!.AsArray().Sum(item => Amount(item!["share"])));
        Assert.True(bundles["exact"]!.GetValue<bool>());
        Assert.DoesNotContain("cup", (await BundlesAsync(host, "?owned=grinder"))["bundles"]!.AsArray().Select(bundle => bundle!["title"]!.GetValue<string>()));
        Assert.Equal(HttpStatusCode.BadRequest, (await host.Client.GetAsync($"/api/shops/{Shop}/bundles?limit=0", TestContext.Current.CancellationToken)).StatusCode);

        // Draft products for Shopify, each with the sum of its prices beside its own.
        var csv = await host.Client.GetStringAsync($"/api/shops/{Shop}/bundles/export", TestContext.Current.CancellationToken);
        Assert.StartsWith("Title,URL handle,Description,Type,Tags,Published on online store,Status,SKU,Option1 name,Option1 value,Price,Compare-at price,Cost per item", csv, StringComparison.Ordinal);
        Assert.Contains($",bundle-{best["id"]},", csv, StringComparison.Ordinal);
        Assert.Contains(",FALSE,Draft,", csv, StringComparison.Ordinal);
        Assert.Contains(",44.00,55.00,22.00", csv, StringComparison.Ordinal);

        // What the products cost was noted, so that a sum of them can be checked.
        Assert.Equal(40, Amount((await host.Client.GetFromJsonAsync<JsonNode>($"/api/shops/{Shop}/prices?product=grinder", TestContext.Current.CancellationToken))!["history"]![0]!["price"]));

        // A cart of 80 with a cup in it: the grinder brings it above 100, the beans don't.
        var cart = (await host.Client.GetFromJsonAsync<JsonNode>($"/api/shops/{Shop}/cart-threshold?cart=cup&total=80", TestContext.Current.CancellationToken))!;
        Assert.Equal((20m, "grinder", 120m), (Amount(cart["gap"]), Assert.Single(cart["picks"]!.AsArray())!["product"]!["sku"]!.GetValue<string>(), Amount(cart["picks"]![0]!["total"])));
        Assert.Empty((await host.Client.GetFromJsonAsync<JsonNode>($"/api/shops/{Shop}/cart-threshold?cart=cup&total=96", TestContext.Current.CancellationToken))!["picks"]!.AsArray());
        Assert.Equal(HttpStatusCode.BadRequest, (await host.Client.GetAsync($"/api/shops/{Shop}/cart-threshold?cart=&total=80", TestContext.Current.CancellationToken)).StatusCode);

        await PostAsync(host, "product-terms", """[{"sku":"grinder","cost":{"amount":16,"currency":"EUR"},"stock":0}]""");
        await host.Services.GetRequiredService<PairDecider>().DecideAsync(Shop, new PairDecision(new("beans"), new("cup"), PairVerdict.Rejected, null, "me", DateTimeOffset.UtcNow), TestContext.Current.CancellationToken);
        await host.Client.PostAsync($"/api/shops/{Shop}/bundles", null, TestContext.Current.CancellationToken);
        await Eventually.TrueAsync(async () => (await BundlesAsync(host))["bundles"]!.AsArray().Count == 0, "no bundle is left");
        Assert.Equal(1, (await BundlesAsync(host))["left_out"]!["products out of stock"]!.GetValue<long>());
    }

    /// <summary>Sixty orders of all three and as many of something else.</summary>
    private static async Task LearnAsync(TestHost host)
    {
        var csv = new StringBuilder("order_id,ordered_at,sku,quantity,unit_price\n");
        for (var order = 0; order < 120; order++)
        {
            foreach (var (sku, price) in order % 2 == 0 ? new[] { ("beans", 10), ("grinder", 40), ("cup", 5) } : [("tea", 8)])
            {
                csv.Append(CultureInfo.InvariantCulture, $"{order},2025-{(order / 2 % 12) + 1:00}-10,{sku},1,{price}\n");
            }
        }

        using var rejects = new CsvRejects(() => Stream.Null);
        await host.Services.GetRequiredService<ImportOrders>().RunAsync(
            Shop, new MemoryStream(Encoding.UTF8.GetBytes(csv.ToString())), "plain", rejects, _ => Task.CompletedTask, TestContext.Current.CancellationToken);
        await host.Services.GetRequiredService<ShopRecompute>().RunAsync(Shop, null, TestContext.Current.CancellationToken);
    }

    private static async Task<JsonNode> BundlesAsync(TestHost host, string query = "") =>
        (await host.Client.GetFromJsonAsync<JsonNode>($"/api/shops/{Shop}/bundles{query}", TestContext.Current.CancellationToken))!;

    private static async Task PostAsync(TestHost host, string path, string body) =>
        (await host.Client.PostAsync($"/api/shops/{Shop}/{path}", new StringContent(body, Encoding.UTF8, "application/json"), TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();

    private static decimal Amount(JsonNode? money) => money!["amount"]!.GetValue<decimal>();
}
