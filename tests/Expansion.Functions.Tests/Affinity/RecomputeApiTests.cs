using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Expansion.Testing;

namespace Expansion.Functions.Tests.Affinity;

[Trait("Category", "Azurite")]
public sealed class RecomputeApiTests(AzuriteFixture azurite)
{
    private const string Path = "/api/shops/coffee.example/recompute";

    [Fact]
    public async Task RequestRecompute_KnownShop_IsFollowedUntilDone()
    {
        await using var host = await TestHost.StartAsync(azurite.NewAccount());
        await host.Client.PutAsJsonAsync("/api/shops/coffee.example/settings", new { }, TestContext.Current.CancellationToken);
        Assert.Equal((404, "No recompute of the shop 'coffee.example' is known. Start one with POST /api/shops/{shop}/recompute."), await Problem.OfAsync(await host.Client.GetAsync(Path, TestContext.Current.CancellationToken)));

        using var accepted = await host.Client.PostAsync(Path, null, TestContext.Current.CancellationToken);

        Assert.Equal((202, Path), ((int)accepted.StatusCode, accepted.Headers.Location?.ToString()));
        Assert.Equal("queued", (string?)(await accepted.Content.ReadFromJsonAsync<JsonObject>(TestContext.Current.CancellationToken))!["state"]);
        JsonObject? status = null;
        await Eventually.TrueAsync(
            async () => (string?)(status = await host.Client.GetFromJsonAsync<JsonObject>(accepted.Headers.Location, TestContext.Current.CancellationToken))!["state"] == "done",
            "the recompute is done");
        Assert.Equal(0, (long)status!["generation"]!["baskets"]!);
    }

    [Theory]
    [InlineData("nobody")]
    [InlineData("no_shop")]
    public async Task RequestRecompute_UnknownShop_IsNotFound(string shop)
    {
        await using var host = await TestHost.StartAsync(azurite.NewAccount());

        Assert.Equal(
            (404, $"There is no shop '{shop}'. Import its orders, or add it with PUT /api/shops/{{shop}}/settings."),
            await Problem.OfAsync(await host.Client.PostAsync($"/api/shops/{shop}/recompute", null, TestContext.Current.CancellationToken)));
        Assert.Equal(404, (int)(await host.Client.GetAsync($"/api/shops/{shop}/recompute", TestContext.Current.CancellationToken)).StatusCode);
    }
}
