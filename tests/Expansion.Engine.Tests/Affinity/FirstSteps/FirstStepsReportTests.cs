using Expansion.Engine.Affinity;
using Expansion.Engine.Affinity.FirstSteps;
using Expansion.Engine.Affinity.Pairs;
using Expansion.Engine.Recommendations;
using Expansion.Engine.Tests.Affinity.Listing;

namespace Expansion.Engine.Tests.Affinity.FirstSteps;

public sealed class FirstStepsReportTests
{
    private static readonly ScoredPair Priced = GivenPairs.Pair("a", "b", 60) with
    {
        PriceRatio = 0.1,
        ProductA = new(new("a"), "Machine", new(200, "USD")),
        ProductB = new(new("b"), "Brush", new(20, "USD")),
    };

    /// <summary>60 of 100 orders with a hold b, 20 of the other 900; in three months.</summary>
    [Fact]
    public void Of_PricedPair_IsWorthTheDifferenceOfAttachRates()
    {
        var report = FirstStepsReport.Of(GivenPairs.Of([Priced]));

        // From b to a: 60 of 80 hold a, 40 of the other 920 do; 26.7 orders a month at 200 USD are worth more than 33.3 at 20 USD.
        var pair = Assert.Single(report.Pairs);
        Assert.Equal(("b", "a"), (pair.Product.Sku.Value, pair.Suggestion.Sku.Value));
        Assert.Equal((0.75, 40 / 920.0), (pair.AttachRate.Expected, pair.Otherwise));
        Assert.Equal((80 / 3.0, 20 / 3.0), (pair.MonthlyOrders, pair.OpenOrders));
        Assert.Equal((0.75 - (40 / 920.0)) * 80 / 3, pair.MonthlyUnits.Expected, 12);
        Assert.Equal(new("USD", 3203.10m, 3768.12m, 4209.32m), pair.MonthlyRevenue);
    }

    [Fact]
    public void Of_TwoPlaces_MostTrafficFirst()
    {
        var report = FirstStepsReport.Of(GivenPairs.Of([Priced, GivenPairs.Pair("a", "c", 40) with { PriceRatio = 0.2 }]));

        // From a: b at 20 USD, or c without a price, in the cart; from b and from c: a beside the product.
        Assert.Equal([Touchpoint.ProductPage, Touchpoint.CartPage], report.Touchpoints.Select(place => place.Touchpoint));
        Assert.Equal([(2, 160 / 3.0, 1), (1, 100 / 3.0, 0)], report.Touchpoints.Select(place => (place.Products, place.MonthlyOrders, place.Unpriced)));
        Assert.Equal(((0.75 * 80) + (0.5 * 80)) / 160, report.Touchpoints[0].AttachRate.Expected, 12);
        Assert.Equal("USD", report.Touchpoints[0].MonthlyRevenue?.Currency);
    }

    [Fact]
    public void Of_PriceInAnotherCurrency_BringsNoRevenueToItsPlace()
    {
        var report = FirstStepsReport.Of(GivenPairs.Of([Priced with { ProductB = new(new("b"), null, new(20, "EUR")) }]));

        var cart = report.Touchpoints.Single(place => place.Touchpoint == Touchpoint.CartPage);
        Assert.Equal((null, 1), (cart.MonthlyRevenue, cart.Unpriced));
    }

    [Fact]
    public void Of_FewOverTheThresholds_FillsUpWithTheMostCommonAndSaysSo()
    {
        var report = FirstStepsReport.Of(GivenPairs.Of(
            [
                GivenPairs.Pair("a", "b", 20), GivenPairs.Pair("a", "c", 29), GivenPairs.Pair("a", "d", 60) with { ShrunkenLift = 1.1 }, GivenPairs.Pair("a", "e", 28),
                GivenPairs.Pair("a", "luck", 90) with { Q = 0.1 }, GivenPairs.Pair("a", "season", 90) with { Seasonal = true }, GivenPairs.Pair("a", "no", 90),
            ],
            GivenPairs.Decision("a", "no", PairVerdict.Rejected)));

        Assert.Equal(["d", "c", "e"], report.Pairs.Select(Partner));
        Assert.StartsWith("Only 1 are over the shop's thresholds (support 3.0 %, lift 1.5)", report.Chosen, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_ManyOverTheThresholds_PinnedThenStrongest()
    {
        var report = FirstStepsReport.Of(GivenPairs.Of(
            [.. Enumerable.Range(1, 5).Select(number => GivenPairs.Pair("a", $"b{number}", 30 + number) with { ShrunkenLift = number })],
            GivenPairs.Decision("a", "b1", PairVerdict.Pinned)));

        Assert.Equal(["b1", "b5", "b4"], report.Pairs.Select(Partner));
        Assert.StartsWith("The strongest of 5 pairs", report.Chosen, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_NoPairs_SaysWhatIsNeeded()
    {
        var report = FirstStepsReport.Of(GivenPairs.Of([], GivenPairs.Decision("x", "y", PairVerdict.Pinned)));

        Assert.Equal("No pair is sound yet: more orders are needed.", report.Chosen);
        Assert.Empty(report.Touchpoints);
    }

    [Fact]
    public void Text_OfAReport_HasEveryRangeWithItsUnit()
    {
        var text = FirstStepsText.Of(FirstStepsReport.Of(GivenPairs.Of([Priced])));

        Assert.Contains("With Brush suggest Machine.", text, StringComparison.Ordinal);
        Assert.Contains("Expected attach rate 75.0 % (64.5 % to 83.2 %) of 26.7 orders a month; without Brush it is 4.3 %.", text, StringComparison.Ordinal);
        Assert.Contains("3,768.12 USD (3,203.10 to 4,209.32) a month; 6.7 orders a month can still be won.", text, StringComparison.Ordinal);
        Assert.Contains("  cart page: 33.3 orders a month with one of 1 products.", text, StringComparison.Ordinal);
    }

    private static string Partner(CrossSell pair) => pair.Product.Sku.Value == "a" ? pair.Suggestion.Sku.Value : pair.Product.Sku.Value;
}
