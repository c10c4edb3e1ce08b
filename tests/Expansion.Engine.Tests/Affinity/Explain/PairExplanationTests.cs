using Expansion.Engine.Affinity;
using Expansion.Engine.Affinity.Explain;
using Expansion.Engine.Affinity.Listing;
using Expansion.Engine.Affinity.Pairs;
using Expansion.Engine.Tests.Affinity.Listing;

namespace Expansion.Engine.Tests.Affinity.Explain;

public sealed class PairExplanationTests
{
    private static PairExplanation Explain(ScoredPair? pair, int month = 7, params IReadOnlyList<PairDecision> decisions)
    {
        var shop = GivenPairs.Of(pair is null ? [] : [pair], decisions);
        return PairExplanation.Of(
            shop, shop.Find(new("a"), new("b")) ?? new ListedPair(new("a"), new("b"), null, null, Actionable: false),
            new(new("a"), "Beans", 100, []) { BasketsByMonth = [60, 0, 40], RepurchaseDays = 30 }, new(new("b"), null, 80, []) { BasketsByMonth = [50, 0, 30] }, month);
    }

    [Fact]
    public void Of_MonthWithoutOrders_IsThereWithZeros()
    {
        var explanation = Explain(GivenPairs.Pair("a", "b", 60));

        Assert.Equal(
            [new("2025-11", 600, 60, 50, 30, 5, 6), new("2025-12", 0, 0, 0, 0, 0, 0), new("2026-01", 400, 40, 30, 30, 3, 10)],
            explanation.Months);
        Assert.Equal((7.5, 60 / 8.0), (explanation.Season?.Lift, explanation.Season?.WithinLift));
        Assert.Equal(60L, explanation.Numbers["count_ab"]);
    }

    [Fact]
    public void Of_SoundPair_SaysEverythingInWords()
    {
        var explanation = Explain(GivenPairs.Pair("a", "b", 60), decisions: GivenPairs.Decision("a", "b", PairVerdict.Approved));

        Assert.Equal(
            [
                "Recommended: it was approved, whatever the numbers say.",
                "It is over the shop's thresholds, a support of 3.0 % and a lift of 1.5: it has 6.00 % and 7.5.",
                "Sound: 60 orders hold both where chance would bring 8.0, a lift of 7.5 (1.5 to 4.0 at 95 %). Of all pairs as sure as this at most 0.001 % are luck; 5 % is the limit.",
                "Lift is 7.5 over all and 7.5 within months: no common season.",
                "Steady: among orders with either, the share with both didn't surely change (37.5 % to 75.0 % over the window).",
                "24 customers bought both, 83 % of them in one order first; the others typically 12 days apart.",
                "To who buys Beans, suggest b (product page). 83 % of those who buy both buy them in one order, so they are weighed up together, beside the product.",
                "To who buys b, suggest Beans (product page). 83 % of those who buy both buy them in one order, so they are weighed up together, beside the product.",
                "Approved by Ann on 2026-02-03: Goes well.",
            ],
            explanation.Verdict);
    }

    [Theory]
    [InlineData(false, 0.2, 7, null, "Not recommended: it may be luck.")]
    [InlineData(true, 1e-6, 7, null, "Not recommended now: it lives on a season, and is shown in its months only.")]
    [InlineData(true, 1e-6, 11, null, "Recommended now: it lives on a season, and is shown in its months only.")]
    [InlineData(false, 1e-6, 7, null, "Recommended.")]
    [InlineData(false, 1e-6, 7, PairVerdict.Rejected, "Not recommended: it was rejected, whatever the numbers say.")]
    [InlineData(false, 0.2, 7, PairVerdict.Pinned, "Recommended before all others: it was pinned, whatever the numbers say.")]
    public void Of_AnyPair_SaysFirstWhetherItIsShown(bool seasonal, double q, int month, PairVerdict? verdict, string expected)
    {
        var pair = GivenPairs.Pair("a", "b", 60) with { Seasonal = seasonal, SeasonMonths = [11, 12], Q = q };
        var explanation = Explain(pair, month, verdict is { } decided ? [GivenPairs.Decision("a", "b", decided)] : []);

        Assert.Equal(expected, explanation.Verdict[0]);
        Assert.StartsWith(q <= 0.05 ? "Sound: " : "Not sound: ", explanation.Verdict[2], StringComparison.Ordinal);
    }

    [Fact]
    public void Of_PairMadeByHand_SaysWhyThereAreNoNumbers()
    {
        var explanation = Explain(null, decisions: GivenPairs.Decision("a", "b", PairVerdict.Pinned));

        Assert.Equal("Recommended: somebody made this pair by hand.", explanation.Verdict[0]);
        Assert.Contains("Beans is in 100 orders, b in 80.", explanation.Verdict[1], StringComparison.Ordinal);
        Assert.Empty(explanation.Months);
        Assert.Null(explanation.Season);
        Assert.Equal("Not recommended.", Explain(null).Verdict[0]);
    }

    [Fact]
    public void Text_OfAnExplanation_HasTheVerdictEveryMonthAndEveryNumber()
    {
        var explanation = Explain(GivenPairs.Pair("a", "b", 60));
        var text = ExplanationText.Of(explanation);

        Assert.StartsWith("Beans (a) + b (b), 2025-11 to 2026-01\n  Recommended.\n", text, StringComparison.Ordinal);
        Assert.Contains("  2025-12         0        0        0        0       0.0    0.0\n", text, StringComparison.Ordinal);
        Assert.All(explanation.Numbers.Keys, name => Assert.Contains($"\n  {name} ", text, StringComparison.Ordinal));
    }
}
