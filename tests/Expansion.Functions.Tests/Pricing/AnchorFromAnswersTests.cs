using Expansion.Engine;
using Expansion.Engine.Offers;
using Expansion.Engine.Offers.Pricing.Anchors;
using Expansion.Engine.Timing;
using Expansion.Functions.Timing;
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
        var first = await MadeAsync("ann");
        await ConvertAsync(AnchorKind.CurrentSpend, 200, 4);
        await ConvertAsync(AnchorKind.Alternative, 200, 40);
        var second = await MadeAsync("bob");
        await ConvertAsync(AnchorKind.CurrentSpend, 200, 150);
        var third = await MadeAsync("cid");

        Assert.Equal((AnchorKind.CurrentSpend, PricingFrame.AgainstCurrentSpend), first);
        Assert.Equal((AnchorKind.Alternative, PricingFrame.AgainstAlternatives), second);
        Assert.Equal((AnchorKind.CurrentSpend, PricingFrame.AgainstCurrentSpend), third);

        async Task ConvertAsync(AnchorKind kind, long shown, long converted)
        {
            await shop.Get<IAnswerCounts>().AddAsync(
                ShopId.From(Id), new(2026, 3), new Dictionary<string, AnswerCounts> { [AnchorRecord.KeyOf(kind)] = AnswerCounts.None with { Shown = shown, Converted = converted } }, TestContext.Current.CancellationToken);
            await shop.ReviewAsync();
            shop.Time.Advance(ShopTimings.Fresh);
        }

        // A limit that is near makes an offer at once.
        async Task<(AnchorKind?, PricingFrame)> MadeAsync(string customer)
        {
            await shop.TellAsync(
                $$"""{"type":"subscription_started","id":"s-{{customer}}","customer":"{{customer}}","at":"{{Ago(TimeSpan.FromDays(20))}}","terms":{"plan":"Basic"} }""",
                $$"""{"type":"usage_recorded","id":"u-{{customer}}","customer":"{{customer}}","at":"{{Ago(TimeSpan.FromHours(1))}}","metric":"calls","amount":5,"used":90,"limit":100}""");
            var made = Assert.Single((await shop.CustomerAsync(customer)).Offers.Made);
            return (made.Anchor, made.Angle.Frame);
        }
    }
}
