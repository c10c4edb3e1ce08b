using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Expansion.Engine.Affinity.Pairs;
using Expansion.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Expansion.Functions.Tests.Affinity;

/// <summary>A person's word over HTTP: it counts at once, and after a recompute.</summary>
[Trait("Category", "Azurite")]
public sealed class PairDecisionApiTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private readonly LearnedShop _learned = new(azurite);

    public ValueTask InitializeAsync() => _learned.InitializeAsync();

    public ValueTask DisposeAsync() => _learned.DisposeAsync();

    [Fact]
    public async Task Decisions_BeforeAndAfterARecompute_AreKept()
    {
        Assert.Equal("CAR-TABS-100", (await RecommendedAsync("COF-HOUSE-1K"))[0]);

        // Rejected: gone at once. Approved: shown, though nobody buys the two together. Pinned by hand: first, though nobody has bought one of them.
        Assert.Empty(await DecideAsync("COF-HOUSE-1K", "CAR-TABS-100", "rejected"));
        Assert.Empty(await DecideAsync("COF-HOUSE-1K", "KIT-KNIFE", "approved"));
        Assert.Equal(
            ["No order holds NEW/1 #2? yet, and it will be recommended all the same: check the SKU, capitals too."],
            await DecideAsync("NEW/1 #2?", "COF-HOUSE-1K", "pinned"));
        await CheckAsync();

        var old = _learned.Generation;
        var tonight = await _learned.RecomputeAsync();
        Assert.NotEqual(old.Id, tonight.Id);
        await CheckAsync();

        // Who still reads the old generation finds its file.
        Assert.Equal(old.Kept, (await _learned.Host.Services.GetRequiredService<IPairFiles>().ReadAsync(LearnedShop.Shop, old.Id, default)).Count);

        // Taken back, the numbers decide again.
        Assert.Equal(204, await WithdrawAsync("CAR-TABS-100", "COF-HOUSE-1K"));
        Assert.Equal(204, await WithdrawAsync("COF-HOUSE-1K", "NEW/1 #2?"));
        Assert.Equal(204, await WithdrawAsync("COF-HOUSE-1K", "KIT-KNIFE"));
        Assert.Equal("CAR-TABS-100", (await RecommendedAsync("COF-HOUSE-1K"))[0]);
        Assert.DoesNotContain("NEW/1 #2?", await RecommendedAsync("COF-HOUSE-1K"));
        Assert.DoesNotContain("KIT-KNIFE", await RecommendedAsync("COF-HOUSE-1K"));
        Assert.Equal(0, (int)(await GetAsync("pairs?shop=sample&verdict=rejected"))["total"]!);
        Assert.Equal(404, await WithdrawAsync("COF-HOUSE-1K", "CAR-TABS-100"));

        async Task CheckAsync()
        {
            Assert.Equal(["NEW/1 #2?", "KIT-KNIFE"], (await RecommendedAsync("COF-HOUSE-1K")).Take(2));
            Assert.DoesNotContain("CAR-TABS-100", await RecommendedAsync("COF-HOUSE-1K"));
            Assert.DoesNotContain("COF-HOUSE-1K", await RecommendedAsync("CAR-TABS-100"));

            var rejected = Assert.Single((await GetAsync("pairs?shop=sample&verdict=rejected"))["items"]!.AsArray())!;
            Assert.Equal(("CAR-TABS-100", "COF-HOUSE-1K", false), ((string?)rejected["a"], (string?)rejected["b"], (bool)rejected["actionable"]!));
            var pinned = Assert.Single((await GetAsync("pairs?shop=sample&verdict=pinned&product=NEW/1%20%232%3F"))["items"]!.AsArray())!;
            Assert.Equal(("COF-HOUSE-1K", true), ((string?)pinned["a"], (bool)pinned["actionable"]!));
            var explained = await GetAsync("explain?shop=sample&a=COF-HOUSE-1K&b=CAR-TABS-100");
            Assert.Equal("Not recommended: it was rejected, whatever the numbers say.", (string?)explained["verdict"]![0]);
            Assert.StartsWith("Rejected by Ann on ", (string?)explained["verdict"]!.AsArray()[^1], StringComparison.Ordinal);
            Assert.Equal((1, 1, 1), Decided((await GetAsync("summary?shop=sample"))["summary"]!["decided"]!));
        }
    }

    [Fact]
    public async Task GetPairs_CursorOfAnOlderGeneration_IsRefused()
    {
        var next = (string?)(await GetAsync("pairs?shop=sample&page_size=1"))["next"];
        await _learned.RecomputeAsync();

        Assert.Equal(
            (409, "The pairs were computed anew since the page before: begin again without 'after'."),
            await Problem.OfAsync(await _learned.Host.Client.GetAsync($"/api/affinity/pairs?shop=sample&after={next}", TestContext.Current.CancellationToken)));
    }

    private static (int, int, int) Decided(JsonNode decided) => ((int)decided["approved"]!, (int)decided["rejected"]!, (int)decided["pinned"]!);

    private Task<HttpResponseMessage> PostAsync(string shop, object body) =>
        _learned.Host.Client.PostAsJsonAsync($"/api/affinity/decisions?shop={shop}", body, TestContext.Current.CancellationToken);

    private async Task<IEnumerable<string>> DecideAsync(string a, string b, string verdict)
    {
        using var answer = await PostAsync("sample", new { a, b, verdict, note = "As agreed", author = "Ann" });
        Assert.Equal(200, (int)answer.StatusCode);
        var decided = await answer.Content.ReadFromJsonAsync<JsonObject>(TestContext.Current.CancellationToken);
        Assert.Equal((verdict, "As agreed", "Ann"), ((string?)decided!["decision"]!["verdict"], (string?)decided["decision"]!["note"], (string?)decided["decision"]!["author"]));
        return [.. decided["warnings"]!.AsArray().Select(warning => (string)warning!)];
    }

    private async Task<int> WithdrawAsync(string a, string b)
    {
        using var answer = await _learned.Host.Client.DeleteAsync(
            $"/api/affinity/decisions?shop=sample&a={Uri.EscapeDataString(a)}&b={Uri.EscapeDataString(b)}", TestContext.Current.CancellationToken);
        return (int)answer.StatusCode;
    }

    private async Task<IReadOnlyList<string>> RecommendedAsync(string product)
    {
        var answer = await _learned.Host.Client.GetFromJsonAsync<JsonObject>($"/api/recommendations?shop=sample&product={product}&limit=10", TestContext.Current.CancellationToken);
        return [.. answer!["items"]!.AsArray().Where(item => (string?)item!["source"] == "affinity").Select(item => (string)item!["sku"]!)];
    }

    private async Task<JsonObject> GetAsync(string path) =>
        (await _learned.Host.Client.GetFromJsonAsync<JsonObject>($"/api/affinity/{path}", TestContext.Current.CancellationToken))!;
}
