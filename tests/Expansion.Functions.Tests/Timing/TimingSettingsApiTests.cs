using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Expansion.Testing;
using static Expansion.Functions.Tests.Timing.SignalShop;

namespace Expansion.Functions.Tests.Timing;

/// <summary>What a shop changes counts at once on the host that took it, without a restart.</summary>
[Trait("Category", "Azurite")]
public sealed class TimingSettingsApiTests(AzuriteFixture azurite)
{
    private const string Path = $"shops/{Id}/timing";

    [Fact]
    public async Task PutTimingSettings_TriggerTurnedOff_IsSilentFromThenOn()
    {
        await using var shop = await OpenAsync(azurite.NewAccount());
        await shop.TellAsync(Cart("c1"), Cart("c2", "bob"));
        Assert.Equal("filters", (string?)(await shop.NextAsync())["offer"]!["target"]);

        await shop.PutAsync(Path, """{"triggers_off":["cart_page"]}""");

        var silence = await shop.NextAsync(customer: "bob");
        Assert.Null(silence["offer"]);
        Assert.StartsWith("There is no occasion", (string)silence["reason"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PutTimingSettings_HealthWeights_ChangeWhoIsAtRisk()
    {
        await using var shop = await OpenAsync(azurite.NewAccount());
        // Bought and sent everything back: by returns alone the customer is lost.
        await shop.TellAsync(
            Cart("c1"),
            $$"""{"type":"order_placed","id":"o","customer":"ann","at":"{{Ago(TimeSpan.FromDays(3))}}","order":"1","total":{"amount":9,"currency":"USD"},"skus":["mug"]}""",
            $$"""{"type":"product_returned","id":"r","customer":"ann","at":"{{Ago(TimeSpan.FromDays(1))}}","sku":"mug"}""");
        Assert.NotNull((await shop.NextAsync())["offer"]);

        await shop.PutAsync(Path, """{"health":{"usage_trend":0,"breadth":0,"tickets":0,"payments":0,"returns":1,"recency":0},"manners":{"per_day":5,"repeat_days":1}}""");

        var silence = await shop.NextAsync();
        Assert.Null(silence["offer"]);
        var told = await shop.GetAsync($"offers/{silence["id"]}/explain?shop={Id}");
        Assert.Equal("at_risk", (string?)told["decision"]!["suppressions"]![0]!["name"]);
    }

    [Theory]
    [InlineData("""{"manners":{"cooldown_days":59}}""", "manners.cooldown_days")]
    [InlineData("""{"manners":{"cooldown_days":91}}""", "manners.cooldown_days")]
    [InlineData("""{"triggers_off":["moon"]}""", "triggers_off")]
    [InlineData("""{"plan_limit":{"share":2}}""", "plan_limit.share")]
    public async Task PutTimingSettings_OutOfBounds_IsRefusedByItsPath(string settings, string path)
    {
        await using var shop = await OpenAsync(azurite.NewAccount());

        using var answer = await shop.Client.PutAsync($"/api/{Path}", new StringContent(settings), TestContext.Current.CancellationToken);

        Assert.Equal(400, (int)answer.StatusCode);
        Assert.NotNull((await answer.Content.ReadFromJsonAsync<JsonNode>(TestContext.Current.CancellationToken))!["errors"]![path]);
    }

    [Fact]
    public async Task PutTimingSettings_IfMatchOfAnOlderVersion_IsAConflict()
    {
        await using var shop = await OpenAsync(azurite.NewAccount());
        await shop.PutAsync(Path, """{"manners":{"per_week":2}}""");
        using var read = await shop.Client.GetAsync($"/api/{Path}", TestContext.Current.CancellationToken);
        await shop.PutAsync(Path, """{"manners":{"per_week":1}}""");

        using var request = new HttpRequestMessage(HttpMethod.Put, $"/api/{Path}") { Content = new StringContent("{}") };
        request.Headers.IfMatch.Add(read.Headers.ETag!);
        using var late = await shop.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(409, (await Problem.OfAsync(late)).Status);
        Assert.Equal(1, (int)(await shop.GetAsync(Path))["manners"]!["per_week"]!);
    }
}
