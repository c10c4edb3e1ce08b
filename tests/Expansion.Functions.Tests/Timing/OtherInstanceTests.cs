using Expansion.Functions.Timing;
using Expansion.Testing;
using static Expansion.Functions.Tests.Timing.SignalShop;

namespace Expansion.Functions.Tests.Timing;

/// <summary>What a shop changes on one instance counts on another as soon as what that one knows is stale, without a restart.</summary>
[Trait("Category", "Azurite")]
public sealed class OtherInstanceTests(AzuriteFixture azurite)
{
    private const string Timing = $"shops/{Id}/timing";

    public static TheoryData<string, string> Changes => new()
    {
        { Timing, """{"triggers_off":["cart_page"]}""" },
        { Timing, """{"health":{"usage_trend":0,"breadth":0,"tickets":0,"payments":0,"returns":1,"recency":0}}""" },
        { $"rules/mug?shop={Id}", """{"id":"mug","touchpoints":["cart_page"],"when":{"fact":"cart_value","above":1},"then":{"recommend_product":"mug"}}""" },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task Change_OfAnOptionAWeightOrARule_CountsElsewhereWithinItsStaleness(string path, string change)
    {
        var account = azurite.NewAccount();
        await using var one = await OpenAsync(account);
        await using var other = await OpenAsync(account, time: one.Time);
        foreach (var customer in new[] { "early", "stale", "fresh" })
        {
            // Sent everything back: by returns alone such a customer is lost.
            await one.TellAsync(
                Cart($"c-{customer}", customer),
                $$"""{"type":"order_placed","id":"o-{{customer}}","customer":"{{customer}}","at":"{{Ago(TimeSpan.FromDays(3))}}","order":"{{customer}}","total":{"amount":9,"currency":"USD"},"skus":["cup"]}""",
                $$"""{"type":"product_returned","id":"r-{{customer}}","customer":"{{customer}}","at":"{{Ago(TimeSpan.FromDays(1))}}","sku":"cup"}""");
        }

        one.Time.Advance(ShopTimings.Fresh);
        Assert.Equal("filters", await TargetAsync("early"));
        await one.PutAsync(path, change);

        Assert.Equal("filters", await TargetAsync("stale"));
        one.Time.Advance(ShopTimings.Fresh);
        Assert.NotEqual("filters", await TargetAsync("fresh"));

        async Task<string?> TargetAsync(string customer) => (string?)(await other.NextAsync(customer: customer))["offer"]?["target"];
    }
}
