using Expansion.Engine.Affinity.Delay;

namespace Expansion.Engine.Tests.Affinity.Delay;

public sealed class DelayCounterTests
{
    private const int Tent = 1;
    private const int Stove = 2;

    [Fact]
    public void Of_CustomersWithBoth_CountsEachOnceByFirstPurchases()
    {
        var delay = Delay(
            [On(0, Tent, Stove), On(50, Tent), On(60, Stove)],
            [On(0, Tent), On(10, Stove), On(20, Stove)],
            [On(0, Tent), On(20, Stove)],
            [On(0, Tent), On(90, Stove)],
            [On(0, Stove), On(5, Tent)],
            [On(0, Tent)]);

        Assert.Equal(new PairDelay(1, 3, 1, 20, 5, 10), delay);
        Assert.Equal(0.8, delay.LaterShare);
        Assert.Equal(PairDirection.Either, delay.Direction);
        Assert.Equal(new PairDelay(1, 1, 3, 5, 20, 10), delay.Reversed());
    }

    [Fact]
    public void Of_FirstPurchasesFurtherApartThanTheWindow_DoNotCount()
    {
        Assert.Equal(1, Delay([On(0, Tent), On(180, Stove)], [On(0, Tent), On(181, Stove)]).Customers);
        Assert.Equal(1, Delay([On(0, Stove), On(180, Tent)], [On(0, Stove), On(181, Tent)]).Customers);
    }

    [Fact]
    public void Of_TwoOrdersOnOneDay_IsLaterByNoDays()
    {
        Assert.Equal(new PairDelay(0, 1, 0, 0, null, 0), Delay([On(0, Tent), On(0, Stove)]));
        Assert.Equal(new PairDelay(0, 0, 1, null, 0, 0), Delay([On(0, Stove), On(0, Tent)]));
    }

    /// <summary>Few customers of a pair, whose delays are kept one by one, and many, whose delays are counted by day; few partners of a product, which are walked, and many, which are searched.</summary>
    [Theory]
    [InlineData(20, 3)]
    [InlineData(20, 200)]
    [InlineData(20_000, 3)]
    public void Of_AnyHistoriesOnSeveralThreads_EqualsSortingTheDelays(int customers, int products)
    {
        var random = new Random(5);
        var histories = Enumerable.Range(0, customers).Select(_ => new[] { On(0, random.Next(products)), On(random.Next(200), random.Next(products)), On(250, 1) }).ToList();
        var counter = Counted([.. from a in Enumerable.Range(0, products) from b in Enumerable.Range(a + 1, products - a - 1) select (a, b)], histories);

        var delays = histories
            .Select(history => history.SelectMany((order, index) => order.Products.Select(product => (product, index))).GroupBy(bought => bought.product).ToDictionary(bought => bought.Key, bought => bought.Min(order => order.index)))
            .Zip(histories).SelectMany(both => Met(both.First, both.Second)).ToLookup(delay => delay.Pair, delay => (delay.Orders, delay.Days));
        Assert.NotEmpty(delays);
        Assert.All(delays, pair =>
        {
            var (aFirst, bFirst) = (pair.Where(delay => delay.Orders > 0).Select(delay => delay.Days).ToList(), pair.Where(delay => delay.Orders < 0).Select(delay => -delay.Days).ToList());
            Assert.Equal(
                new PairDelay(pair.Count(delay => delay.Orders == 0), aFirst.Count, bFirst.Count, Median(aFirst), Median(bFirst), Median([.. aFirst, .. bFirst])),
                counter.Of(pair.Key.A, pair.Key.B));
        });
    }

    /// <summary>Delays planted around 21 days, the tent first: the median and the direction come back.</summary>
    [Fact]
    public void Of_PlantedDelayOfThreeWeeks_IsFoundWithItsDirection()
    {
        var random = new Random(9);
        var delay = Delay([.. Enumerable.Range(0, 2000).Select(_ => random.NextDouble() < 0.8 ? new[] { On(0, Tent), On(14 + random.Next(15), Stove) } : [On(0, Tent, Stove)])]);

        Assert.InRange(delay.LaterShare, 0.77, 0.83);
        Assert.InRange(delay.DaysAFirst!.Value, 20, 22);
        Assert.Equal(PairDirection.AFirst, delay.Direction);
    }

    [Fact]
    public void Of_NobodyBoughtBoth_IsNothing()
    {
        var nobody = Delay([On(0, Tent)], [On(0, Stove), On(1, 77)]);

        Assert.Equal(new PairDelay(0, 0, 0, null, null, null), nobody);
        Assert.Equal(PairDirection.Either, nobody.Direction);
        Assert.Equal(0, nobody.LaterShare);
    }

    [Fact]
    public void Of_PairNobodyAskedFor_Throws()
    {
        Assert.Throws<KeyNotFoundException>(() => Counted([(Tent, Stove)], []).Of(Stove, Tent));
        Assert.Throws<KeyNotFoundException>(() => Counted([], []).Of(Tent, Stove));
        Assert.Throws<ArgumentException>(() => Counted([(Tent, Stove), (Tent, Stove)], []));
    }

    private static PairDelay Delay(params CustomerOrder[][] histories) => Counted([(Tent, Stove)], histories).Of(Tent, Stove);

    private static DelayCounter Counted(IReadOnlyList<(int A, int B)> pairs, IReadOnlyList<CustomerOrder[]> histories)
    {
        var (counter, parts) = (new DelayCounter(pairs), histories.Chunk(Math.Max(1, histories.Count / 4)).ToList());
        Parallel.ForEach(parts, counter.Count);
        counter.MakeRoom();
        Parallel.ForEach(parts, counter.Enter);
        return counter;
    }

    private static IEnumerable<((int A, int B) Pair, int Orders, int Days)> Met(Dictionary<int, int> first, CustomerOrder[] history) =>
        from a in first
        from b in first
        where a.Key < b.Key
        let days = history[b.Value].Day.DayNumber - history[a.Value].Day.DayNumber
        where Math.Abs(days) <= DelayCounter.WindowDays
        select ((a.Key, b.Key), b.Value - a.Value, days);

    private static int? Median(List<int> days) => days.Count == 0 ? null : days.Order().ElementAt((days.Count - 1) / 2);

    private static CustomerOrder On(int day, params int[] products) => new(new DateOnly(2025, 1, 1).AddDays(day), products);
}
