using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Expansion.Engine.Samples;
using Expansion.Testing;

namespace Expansion.Browser.Tests.Dashboard;

[CollectionDefinition(SampleShopHost.Collection)]
public sealed class SampleShopCollection : ICollectionFixture<SampleShopHost>;

/// <summary>One host with the sample shop, imported and learned from over HTTP, for all tests of the dashboard.</summary>
public sealed class SampleShopHost(AzuriteFixture azurite) : IAsyncLifetime
{
    public const string Collection = "the dashboard of the sample shop";
    public const string Shop = "sample.expansion.example";

    public string Storage { get; } = azurite.NewAccount();

    public TestHost Host { get; private set; } = null!;

    public string Address => Host.Client.BaseAddress!.ToString().TrimEnd('/');

    public async ValueTask InitializeAsync()
    {
        Host = await TestHost.StartAsync(Storage);
        using var settings = await Host.Client.PutAsync($"/api/shops/{Shop}/settings", new StringContent("{}"));
        var now = TimeProvider.System.GetUtcNow();
        await using var orders = new StringWriter();
        SampleOrdersCsv.Write(SampleShop.Create(new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero)).Orders, orders);
        using var import = await Host.Client.PostAsync($"/api/orders/import?shop={Shop}", new StringContent(orders.ToString(), Encoding.UTF8, "text/csv"));
        await UntilDoneAsync(import.Headers.Location!.ToString());
        using var recompute = await Host.Client.PostAsync($"/api/shops/{Shop}/recompute", null);
        await UntilDoneAsync($"/api/shops/{Shop}/recompute");
        for (var customer = 1; customer <= 3; customer++)
        {
            using var asked = await Host.Client.PostAsync("/api/offers/next", new StringContent(
                $$$"""{"shop":"{{{Shop}}}","customer":"visitor-{{{customer}}}","touchpoint":"cart_page","cart":{"total":{"amount":34.9,"currency":"USD"},"skus":["COF-HOUSE-1K"]}}"""));
        }
    }

    public async Task<JsonNode> GetAsync(string path) => (await Host.Client.GetFromJsonAsync<JsonNode>(path))!;

    public async Task SendAsync(HttpMethod method, string path, string json)
    {
        using var request = new HttpRequestMessage(method, path) { Content = new StringContent(json, Encoding.UTF8, "application/json") };
        using var answer = await Host.Client.SendAsync(request);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    public ValueTask DisposeAsync() => Host.DisposeAsync();

    private Task UntilDoneAsync(string status) => Eventually.TrueAsync(
        async () =>
        {
            using var answer = await Host.Client.GetAsync(status);
            return answer.IsSuccessStatusCode && (string?)(await answer.Content.ReadFromJsonAsync<JsonNode>())!["state"] == "done";
        },
        $"{status} is done",
        TimeSpan.FromMinutes(2));
}
