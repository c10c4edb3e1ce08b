using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Expansion.Testing;
using static Expansion.Functions.Tests.Timing.SignalShop;

namespace Expansion.Functions.Tests.Rules;

[Trait("Category", "Azurite")]
public sealed class RulesApiTests(AzuriteFixture azurite)
{
    private const string CartTo100 = """{"id":"cart-to-100","touchpoints":["cart_page"],"when":{"fact":"cart_value","between":[75,95]},"then":{"recommend_product":"grinder"}}""";

    [Fact]
    public async Task PutRule_CountsAtOnce_AndIsKeptInEveryVersion()
    {
        await using var shop = await OpenAsync(azurite.NewAccount());
        await shop.TellAsync(Cart("c1"), Cart("c2", "bob"));

        var first = await shop.PutAsync($"rules/cart-to-100?shop={Id}", CartTo100);
        var offer = await shop.NextAsync();
        var second = await shop.PutAsync($"rules/cart-to-100?shop={Id}", CartTo100.Replace("\"id\"", "\"enabled\":false,\"id\"", StringComparison.Ordinal));
        var without = await shop.NextAsync(customer: "bob");

        Assert.Equal((1, 2), ((int)first["version"]!, (int)second["version"]!));
        Assert.Equal("When the worth of the cart is between 75 and 95, recommend grinder.", (string?)first["sentence"]);
        Assert.Equal(("grinder", "rule:cart-to-100"), ((string?)offer["offer"]!["target"], (string?)offer["offer"]!["angle"]!["trigger"]));
        Assert.Equal("filters", (string?)without["offer"]!["target"]);
        Assert.Equal([2, 1], (await shop.GetAsync($"rules/cart-to-100?shop={Id}"))["versions"]!.AsArray().Select(version => (int)version!["version"]!));
        var all = await shop.GetAsync($"rules?shop={Id}");
        Assert.Equal((1, 4), (all["rules"]!.AsArray().Count, all["examples"]!.AsArray().Count));
    }

    [Theory]
    [InlineData("""{"id":"x","when":{"all":[{"fact":"cart_value","above":75},{"fact":"moon"}]},"then":{"recommend_product":"A"}}""", "$.when.all[1].fact")]
    [InlineData("""{"id":"x","when":{"fact":"cart_value","above":"75"},"then":{"recommend_product":"A"}}""", "$.when.above")]
    [InlineData("""{"id":"x","when":{"fact":"orders","above":1},"then":{"run":"rm -rf"}}""", "$.then")]
    [InlineData("""{"id":"x"}""", "$.when")]
    public async Task PutRule_Mistake_IsNamedWithItsPath(string rule, string path)
    {
        await using var shop = await OpenAsync(azurite.NewAccount());

        using var answer = await shop.Client.PutAsync($"/api/rules/x?shop={Id}", new StringContent(rule), TestContext.Current.CancellationToken);

        Assert.Equal(400, (int)answer.StatusCode);
        var errors = (await answer.Content.ReadFromJsonAsync<JsonNode>(TestContext.Current.CancellationToken))!["errors"]!.AsObject();
        Assert.True(errors.ContainsKey(path), errors.ToJsonString());
    }

    [Fact]
    public async Task DryRunRule_AgainstWhatWasRecorded_SaysHowOftenItWouldHaveFiredAndWhatKeptItSilent()
    {
        await using var shop = await OpenAsync(azurite.NewAccount());
        var carts = Enumerable.Range(0, 5).Select(number => Cart($"c{number}", $"customer{number}"));
        await shop.TellAsync([.. carts, .. Enumerable.Range(0, 2).Select(number => string.Create(
            CultureInfo.InvariantCulture, $$"""{"type":"payment_failed","id":"p{{number}}","customer":"customer{{number}}","at":"{{Ago(TimeSpan.FromHours(1))}}"}"""))]);
        shop.Time.Advance(TimeSpan.FromMinutes(5));

        using var answer = await shop.Client.PostAsync($"/api/rules/dry-run?shop={Id}&days=7", new StringContent(CartTo100), TestContext.Current.CancellationToken);

        var run = (await answer.Content.ReadFromJsonAsync<JsonNode>(TestContext.Current.CancellationToken))!;
        Assert.Equal((5, 3, 2), ((int)run["fired"]!, (int)run["offered"]!, (int)run["suppressed"]!));
        Assert.Equal("Would have fired 5 times in the last 7 days, 2 of them without an offer: 2 at_risk.", (string?)run["in_words"]);
    }
}
