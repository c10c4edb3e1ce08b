using Expansion.Engine.Affinity.Delay;
using Expansion.Engine.Affinity.Listing;
using Expansion.Engine.Affinity.Season;
using Expansion.Engine.Affinity.Soundness;

namespace Expansion.Engine.Affinity.Explain;

/// <summary>Everything there is to say of one pair: its numbers, its months, and what they mean.</summary>
/// <param name="Numbers">By the names of <see cref="PairFields"/>.</param>
/// <param name="Season">What is left within months; null for a pair that isn't kept.</param>
/// <param name="Trend">Where it is going; null for a pair that isn't kept.</param>
/// <param name="Months">Every calendar month of the window; empty for a pair that isn't kept.</param>
/// <param name="AToB">Where B is suggested to who buys A.</param>
/// <param name="Verdict">Sentences: is it shown, is it sound, is it a season, where is it going, when is it bought, where is it shown, what did people say.</param>
public sealed record PairExplanation(
    ShopId Shop, string Generation, string From, string To, ExplainedProduct A, ExplainedProduct B, IReadOnlyDictionary<string, object> Numbers, ExplainedSeason? Season,
    ExplainedTrend? Trend, TouchpointAdvice? AToB, TouchpointAdvice? BToA, PairDecision? Decision, IReadOnlyList<ExplainedMonth> Months, IReadOnlyList<string> Verdict)
{
    /// <param name="a">The generation's row of A; null for one that was never bought.</param>
    /// <param name="month">The month of the year it is for the shop, 1 to 12.</param>
    public static PairExplanation Of(ShopPairs shop, ListedPair pair, ProductAffinity? a, ProductAffinity? b, int month)
    {
        var generation = shop.Generation;
        var (productA, productB) = (ExplainedProduct.Of(pair.A, a, pair.Scored?.ProductA.Price), ExplainedProduct.Of(pair.B, b, pair.Scored?.ProductB.Price));
        var counts = Counts(generation, pair, a, b);
        var (season, trend) = counts.Count == 0 ? (null, null) : (SeasonTest.Judge(counts), PairTrend.Of(counts));
        return new(
            shop.Shop.Id, generation.Id, generation.From.ToString(), generation.To.ToString(), productA, productB, PairFields.Of(pair),
            season is null ? null : new(season.PooledLift, season.Within.Lift, season.Within.P.Value, season.SeasonFactor, season.Seasonal, season.Months),
            trend is null ? null : new(trend.Direction, trend.P.Value, trend.First, trend.Last),
            pair.Scored?.AdviceAb, pair.Scored?.AdviceBa, pair.Decision,
            [.. counts.Select(ExplainedMonth.Of)],
            new PairWords(shop, pair, productA, productB).Verdict(season, trend, month));
    }

    /// <summary>The pair's counts by calendar month; none where its months aren't known.</summary>
    private static List<MonthCounts> Counts(AffinityGeneration generation, ListedPair pair, ProductAffinity? a, ProductAffinity? b)
    {
        var months = generation.BasketsByMonth.Count;
        return pair.Scored is { } scored && scored.BothByMonth.Count == months && a?.BasketsByMonth.Count == months && b?.BasketsByMonth.Count == months
            ? [.. Enumerable.Range(0, months).Select(index => new MonthCounts(
                generation.From.AddMonths(index),
                new PairCounts(scored.BothByMonth[index], a.BasketsByMonth[index], b.BasketsByMonth[index], generation.BasketsByMonth[index])))]
            : [];
    }
}

/// <param name="Baskets">Baskets that hold it, in the window.</param>
/// <param name="RepurchaseDays">Median days until a customer buys it again; null unless it is a consumable.</param>
public sealed record ExplainedProduct(Sku Sku, string? Title, Money? Price, long Baskets, int? RepurchaseDays)
{
    internal string Name => Title ?? Sku.Value;

    public static ExplainedProduct Of(Sku sku, ProductAffinity? row, Money? price) => new(sku, row?.Title, price, row?.Baskets ?? 0, row?.RepurchaseDays);
}

/// <param name="WithinP">Chance to see as much within months by luck.</param>
/// <param name="Factor">What common months alone would make of lift; 1 without a common season.</param>
/// <param name="Months">Months of the year in which both sell above average, 1 to 12.</param>
public sealed record ExplainedSeason(double Lift, double WithinLift, double WithinP, double Factor, bool Seasonal, IReadOnlyList<int> Months);

/// <param name="First">Share of both among either in the first month, fitted, 0 to 1.</param>
/// <param name="Last">The same in the last month.</param>
public sealed record ExplainedTrend(TrendDirection Direction, double P, double First, double Last);

/// <param name="Expected">Baskets with both to expect by chance.</param>
/// <param name="Lift">0 where one wasn't bought.</param>
public sealed record ExplainedMonth(string Month, long Baskets, long A, long B, long Both, double Expected, double Lift)
{
    public static ExplainedMonth Of(MonthCounts month) =>
        new(month.Month.ToString(), month.Counts.Baskets, month.Counts.A, month.Counts.B, month.Counts.Both, month.Counts.Expected, month.Counts.Lift);
}
