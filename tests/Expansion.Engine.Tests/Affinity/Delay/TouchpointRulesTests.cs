using Expansion.Engine.Affinity.Delay;
using Expansion.Engine.Recommendations;
using Expansion.Engine.Tests.Affinity.Listing;

namespace Expansion.Engine.Tests.Affinity.Delay;

public sealed class TouchpointRulesTests
{
    [Theory]
    [InlineData(ProductKind.Module, 100, 0.1, 20, 1.0, Touchpoint.Onboarding, null)]
    [InlineData(ProductKind.AddOn, 100, 0.9, null, 0.1, Touchpoint.InApp, 30)]
    [InlineData(ProductKind.Goods, 100, 0.38, 21, 0.1, Touchpoint.PostPurchaseEmail, 18)]
    [InlineData(ProductKind.Goods, 100, 0.38, 2, null, Touchpoint.PostPurchaseEmail, 1)]
    [InlineData(ProductKind.Goods, 9, 0.38, 21, null, Touchpoint.ProductPage, null)]
    [InlineData(ProductKind.Goods, 100, 0.38, null, null, Touchpoint.ProductPage, null)]
    [InlineData(ProductKind.Goods, 100, 0.5, 21, 0.5, Touchpoint.CartPage, null)]
    [InlineData(ProductKind.Goods, 100, 0.9, null, 0.51, Touchpoint.ProductPage, null)]
    [InlineData(ProductKind.Goods, 0, 0, null, null, Touchpoint.ProductPage, null)]
    public void Advise_Facts_GivesThePlaceAndTheDay(
        ProductKind kind, long customers, double sameBasket, int? delay, double? priceRatio, Touchpoint touchpoint, int? afterDays)
    {
        var advice = TouchpointRules.Advise(new PairFacts(kind, customers, sameBasket, delay, priceRatio));

        Assert.Equal((touchpoint, afterDays), (advice.Touchpoint, advice.AfterDays));
        Assert.NotEmpty(advice.Reason);
    }

    [Fact]
    public void Advise_BoughtLater_SaysHowManyAndWhen()
    {
        var advice = TouchpointRules.Advise(PairFacts.Of(ProductKind.Goods, new PairDelay(38, 50, 12, 21, 9, 20), 1));

        Assert.Equal("62 % of those who buy both buy the second in a later order, typically 21 days after the first; mail on day 18.", advice.Reason);
    }

    [Fact]
    public void Advise_SmallExtra_SaysHowSmall()
    {
        var advice = TouchpointRules.Advise(PairFacts.Of(ProductKind.Goods, new PairDelay(90, 10, 0, 3, null, 3), 0.2));

        Assert.Equal("90 % of those who buy both buy them in one order, at 20 % of the price: a small extra, taken along at the cart.", advice.Reason);
    }

    [Fact]
    public void Of_UsuallyBoughtTheOtherWayRound_HasNoDelay()
    {
        Assert.Null(PairFacts.Of(ProductKind.Goods, new PairDelay(0, 5, 95, 10, 30, 29), null).DelayDays);
    }

    [Fact]
    public void AdviceAb_AddOnToAModule_EachIsSuggestedWhereItsKindIsWanted()
    {
        var pair = GivenPairs.Pair("crm", "dialer", 40) with
        {
            ProductA = new(new("crm"), null, null) { Kind = ProductKind.Module },
            ProductB = new(new("dialer"), null, null) { Kind = ProductKind.AddOn },
        };

        Assert.Equal((Touchpoint.InApp, 30), (pair.AdviceAb.Touchpoint, pair.AdviceAb.AfterDays));
        Assert.Equal((Touchpoint.Onboarding, null), (pair.AdviceBa.Touchpoint, pair.AdviceBa.AfterDays));
    }
}
