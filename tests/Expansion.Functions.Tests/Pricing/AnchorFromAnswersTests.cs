using Expansion.Engine;
using Expansion.Engine.Offers;
using Expansion.Engine.Offers.Pricing.Anchors;
using Expansion.Engine.Timing;
using Expansion.Testing;
using static Expansion.Functions.Tests.Timing.SignalShop;

namespace Expansion.Functions.Tests.Pricing;

/// <summary>What a price is put beside: by what is known, and then by what the shop's own offers have shown to convert.</summary>
[Trait("Category", "Azurite")]
public sealed class AnchorFromAnswersTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task NextOffer_AlternativeConvertsBetter_IsPutBesideTheAlternative()
    {
        await using var shop = await OpenAsync(azurite.NewAccount());
        await shop.PutAsync($"shops/{Id}/plans", """{"plans":[{"id":"Basic","name":"Basic","monthly":{"amount":49,"currency":"USD"}},{"id":"Pro","name":"Pro","monthly":{"amount":79,"currency":"USD"},"features":["reports"]}]}""");
        await shop.PutAsync($"shops/{Id}/alternatives", """{"alternatives":[{"name":"A reporting tool","price":{"amount":150,"currency":"USD"},"source":"example.com/pricing","observed_on":"2026-03-01","for":"Pro"}]}""");
        foreach (var customer in new[] { "ann", "bob", "cid" })
        {
            await shop.TellAsync(
                $$"""{"type":"subscription_started","id":"s-{{customer}}","customer":"{{customer}}","at":"{{Ago(TimeSpan.FromDays(20))}}","terms":{"plan":"Basic"} }""",
                $$"""{"type":"usage_recorded","id":"u-{{customer}}","customer":"{{customer}}","at":"{{Ago(TimeSpan.FromHours(1))}}","metric":"calls","amount":5,"used":90,"limit":100}""");
        }

        await shop.NextAsync("in_app", "ann");
        await ConvertAsync(AnchorKind.CurrentSpend, 200, 4);
        await ConvertAsync(AnchorKind.Alternative, 200, 40);
        await shop.ReviewAsync();
        shop.Time.Advance(TimeSpan.FromSeconds(5));
        var offer = await shop.NextAsync("in_app", "bob");
        await ConvertAsync(AnchorKind.CurrentSpend, 200, 150);
        await shop.ReviewAsync();
        shop.Time.Advance(TimeSpan.FromSeconds(5));
        await shop.NextAsync("in_app", "cid");

        Assert.Equal((AnchorKind.CurrentSpend, PricingFrame.AgainstCurrentSpend), await MadeAsync("ann"));
        Assert.Equal((AnchorKind.Alternative, PricingFrame.AgainstAlternatives), await MadeAsync("bob"));
        Assert.Equal((AnchorKind.CurrentSpend, PricingFrame.AgainstCurrentSpend), await MadeAsync("cid"));
        Assert.Contains("A reporting tool is $150", (string?)offer["presentation"]!["body"] + offer["presentation"]!["headline"], StringComparison.Ordinal);

        Task ConvertAsync(AnchorKind kind, long shown, long converted) => shop.Get<IAnswerCounts>().AddAsync(
            ShopId.From(Id), new(2026, 3), new Dictionary<string, AnswerCounts> { [AnchorRecord.KeyOf(kind)] = AnswerCounts.None with { Shown = shown, Converted = converted } }, TestContext.Current.CancellationToken);

        async Task<(AnchorKind?, PricingFrame)> MadeAsync(string customer) => Assert.Single((await shop.CustomerAsync(customer)).Offers.Made) is var made ? (made.Anchor, made.Angle.Frame) : default;
    }
}
