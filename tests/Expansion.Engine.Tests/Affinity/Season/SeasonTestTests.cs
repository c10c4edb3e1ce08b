using Expansion.Engine.Affinity.Season;
using Expansion.Engine.Affinity.Soundness;

namespace Expansion.Engine.Tests.Affinity.Season;

public sealed class SeasonTestTests
{
    [Fact]
    public void Judge_TogetherOnlyBecauseOfChristmas_IsSeasonalAndNamesTheMonths()
    {
        // Within every month just what independence gives: 500 · 500 / 5,000 in season, 50 · 50 / 5,000 (one in two months) out of it.
        var verdict = SeasonTest.Judge(Year(month => month >= 11 ? new(50, 500, 500, 5000) : new(month % 2, 50, 50, 5000)));

        Assert.True(verdict.Seasonal);
        Assert.Equal([11, 12], verdict.Months);
        Assert.Equal(1, verdict.Within.Lift, 2);
        Assert.Equal("Both sell in November and December. Within a month lift is 1.0, not 2.8: the season makes the pair.", verdict.Reason);
    }

    [Fact]
    public void Judge_TogetherAllYearAndMoreAtChristmas_IsNoSeasonalPair()
    {
        var verdict = SeasonTest.Judge(Year(month => month >= 11 ? new(150, 500, 500, 5000) : new(2 - (month % 2), 50, 50, 5000)));

        Assert.False(verdict.Seasonal);
        Assert.Equal([11, 12], verdict.Months);
        Assert.EndsWith("they belong together.", verdict.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Judge_NoCommonSeason_NamesNoMonths()
    {
        var verdict = SeasonTest.Judge(Year(_ => new(30, 100, 100, 2000)));

        Assert.False(verdict.Seasonal);
        Assert.Empty(verdict.Months);
        Assert.Equal("Lift is 6.0 over all and 6.0 within months: no common season.", verdict.Reason);
    }

    [Fact]
    public void Judge_AnyCounts_PooledLiftIsLiftWithinMonthsTimesTheSeason()
    {
        var verdict = SeasonTest.Judge(Year(month => new(5 + month, 40 * month, 300 - (10 * month), 2000 + month)));

        Assert.Equal(verdict.PooledLift, verdict.Within.Lift * verdict.SeasonFactor, 1e-9);
    }

    [Fact]
    public void Judge_NoBaskets_IsNoSeasonalPair()
    {
        Assert.False(SeasonTest.Judge([]).Seasonal);
        Assert.False(SeasonTest.Judge(Year(_ => default)).Seasonal);
    }

    /// <summary>
    /// The documented strength: true pairs at lift 3 seen 70 times or more, season-only pairs of which both sell five times as well in two months of the year.
    /// A shop of 36,000 pairs over two years; other strengths are in docs/decisions/0062-season.md.
    /// </summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void PlantedShop_TwoYears_KeepsLuckOutFindsAffinitiesAndMarksSeasons(int seed)
    {
        var shop = new PlantedShop(seed, Lift: 3, Season: 5, Share: 0.01, BasketsPerMonth: 10_000, PairsOfAKind: 40, Loners: 30);
        var pairs = shop.Pairs().Select(pair => (pair.Plant, pair.Months, P: PairTest.PValue(pair.Months.Aggregate(default(PairCounts), (sum, month) => sum + month.Counts)))).ToList();
        var discovery = new FalseDiscovery();
        foreach (var pair in pairs)
        {
            discovery.Add(pair.P);
        }

        var q = discovery.ToQValues(shop.PossiblePairs);

        Assert.InRange(Share(Plant.Chance, pair => pair.Sound), 0, 0.05);
        Assert.InRange(Share(Plant.Affinity, pair => pair.Sound), 0.95, 1);
        Assert.InRange(Share(Plant.SeasonalAffinity, pair => pair.Sound), 0.95, 1);
        Assert.InRange(Share(Plant.SeasonOnly, pair => pair.Seasonal), 0.95, 1);
        Assert.InRange(Share(Plant.Affinity, pair => pair.Seasonal), 0, 0.05);
        Assert.InRange(Share(Plant.SeasonalAffinity, pair => pair.Seasonal), 0, 0.05);

        // Not by calling luck what is a season: most of the season-only pairs are significant over the whole window.
        Assert.InRange(Share(Plant.SeasonOnly, pair => pair.Sound), 0.5, 1);

        double Share(Plant plant, Func<(bool Sound, bool Seasonal), bool> fact) => pairs.Where(pair => pair.Plant == plant)
            .Average(pair => fact((q.Of(pair.P).Value <= 0.05, SeasonTest.Judge(pair.Months).Seasonal)) ? 1.0 : 0.0);
    }

    private static MonthCounts[] Year(Func<int, PairCounts> counts) =>
        [.. Enumerable.Range(1, 12).Select(month => new MonthCounts(new YearMonth(2025, month), counts(month)))];
}
