using System.Collections.Concurrent;
using System.Globalization;
using Expansion.Engine.Samples;

namespace Expansion.Engine.Tests.Samples;

/// <summary>What is planted can be found again, at the documented strength and for more than one seed and time; what is not planted can't.</summary>
public sealed class SampleTruthTests
{
    private static readonly ConcurrentDictionary<(string Until, ulong Seed), (SampleShop Shop, Baskets Baskets)> Made = new();

    public static TheoryData<string, ulong> Shops => new()
    {
        { "2026-11-01", SampleShop.DefaultSeed },
        { "2027-05-17", SampleShop.DefaultSeed },
        { "2026-11-01", 4711 },
    };

    [Theory]
    [MemberData(nameof(Shops))]
    public void SameBasket_DefaultThresholds_PassFiveTo25PairsAndOnlyPlantedOnes(string until, ulong seed)
    {
        var (shop, baskets) = Make(until, seed);

        var passing = baskets.Pairs.Where(pair => baskets.Support(pair.A, pair.B) >= 0.03 && baskets.Lift(pair.A, pair.B) >= 1.5).ToArray();

        Assert.InRange(passing.Length, 5, 25);
        Assert.Subset(shop.Truth.SameBasket.Select(pair => Baskets.Ordered(pair.A, pair.B)).ToHashSet(), passing.ToHashSet());
    }

    /// <summary>An order with A holds B because of A, or else at B's own rate; within four standard errors.</summary>
    [Theory]
    [MemberData(nameof(Shops))]
    public void SameBasket_Planted_ShowTheirStrength(string until, ulong seed)
    {
        var (shop, baskets) = Make(until, seed);

        Assert.All(shop.Truth.SameBasket, pair =>
        {
            var own = shop.Products.Single(product => product.Sku == pair.B).Demand.Whim;
            var share = pair.Strength + (1 - pair.Strength) * own;
            var error = Math.Sqrt(share * (1 - share) / baskets.With(pair.A));
            Assert.InRange((double)baskets.With(pair.A, pair.B) / baskets.With(pair.A), share - 4 * error, share + 4 * error);
            Assert.True(baskets.Lift(pair.A, pair.B) > 4);
        });
    }

    [Theory]
    [MemberData(nameof(Shops))]
    public void Unbound_AllPairs_MeetNoMoreOftenThanChance(string until, ulong seed)
    {
        var (shop, baskets) = Make(until, seed);
        var pairs = shop.Truth.Unbound.SelectMany((a, index) => shop.Truth.Unbound.Skip(index + 1).Select(b => (A: a, B: b))).ToArray();

        Assert.True(pairs.Length > 1_000);
        Assert.InRange(pairs.Sum(pair => baskets.With(pair.A, pair.B)) / pairs.Sum(pair => baskets.Expected(pair.A, pair.B)), 0.75, 1.05);
        Assert.All(pairs, pair => Assert.True(baskets.Support(pair.A, pair.B) < 0.005));
    }

    /// <summary>Pooled lift is inflated by the season; the Mantel–Haenszel way, month by month, nothing is left of it.</summary>
    [Theory]
    [MemberData(nameof(Shops))]
    public void SeasonOnly_Pairs_AreLiftedByTheYearButNotWithinMonths(string until, ulong seed)
    {
        var (shop, baskets) = Make(until, seed);
        var months = shop.Orders.GroupBy(order => order.Month).Select(orders => new Baskets(orders)).ToArray();

        Assert.Equal(9, shop.Truth.SeasonOnly.Count);
        Assert.All(shop.Truth.SeasonOnly, pair =>
        {
            var expected = months.Sum(month => month.Expected(pair.A, pair.B));
            Assert.True(baskets.Lift(pair.A, pair.B) > 2.5);
            Assert.InRange(baskets.With(pair.A, pair.B), expected - 4 * Math.Sqrt(expected), expected + 4 * Math.Sqrt(expected));
            Assert.InRange(months.Sum(month => month.With(pair.A, pair.B)) / expected, 0.6, 1.5);
        });
    }

    /// <summary>Over the regulars of one product the middle interval is near the cadence; a single household's may not be, for it also buys on a whim.</summary>
    [Theory]
    [MemberData(nameof(Shops))]
    public void Habits_Regulars_RefillNearTheirCadence(string until, ulong seed)
    {
        var (shop, _) = Make(until, seed);
        var orders = shop.Orders.Where(order => order.Basket.Count > 0).ToLookup(order => order.CustomerId);

        var checkedProducts = 0;
        foreach (var regulars in shop.Customers.SelectMany(customer => customer.Habits.Select(habit => (customer.Id, habit))).GroupBy(regular => regular.habit.Sku))
        {
            var ratios = regulars.SelectMany(regular =>
            {
                var times = orders[regular.Id].Where(order => order.Basket.Contains(regular.habit.Sku)).Select(order => order.OrderedAt).ToArray();
                return times.Zip(times.Skip(1), (first, second) => (second - first).TotalDays / regular.habit.Days);
            }).Order().ToArray();
            if (ratios.Length >= 100)
            {
                checkedProducts++;
                Assert.InRange(ratios[ratios.Length / 2], 0.93, 1.07);
            }
        }

        Assert.True(checkedProducts >= 8);
    }

    [Theory]
    [MemberData(nameof(Shops))]
    public void Later_Planted_AreBoughtByTheirShareAfterTheirDays(string until, ulong seed)
    {
        var (shop, _) = Make(until, seed);
        var lives = shop.Orders.Where(order => order.Basket.Count > 0).GroupBy(order => order.CustomerId).Select(orders => orders.ToArray()).ToArray();

        Assert.All(shop.Truth.Later, sequel =>
        {
            // A quarter late, and some days for the mood to shop.
            var window = TimeSpan.FromDays(sequel.Days * 1.25 + 10);
            var firsts = lives.Select(life => (life, first: life.FirstOrDefault(order => order.Basket.Contains(sequel.First))))
                .Where(buyer => buyer.first is not null && buyer.first.OrderedAt + window < Time(until))
                .ToArray();
            var delays = firsts.Select(buyer => buyer.life.FirstOrDefault(order =>
                    order.OrderedAt > buyer.first!.OrderedAt && order.OrderedAt < buyer.first.OrderedAt + window && order.Basket.Contains(sequel.Then)) is { } then
                    ? (then.OrderedAt - buyer.first!.OrderedAt).TotalDays
                    : double.NaN)
                .Where(double.IsFinite).Order().ToArray();

            var error = Math.Sqrt(sequel.Strength * (1 - sequel.Strength) / firsts.Length);
            Assert.InRange((double)delays.Length / firsts.Length, sequel.Strength - 4 * error, sequel.Strength + 0.1 + 4 * error);
            Assert.InRange(delays[delays.Length / 2], sequel.Days * 0.8, sequel.Days * 1.2);
        });
    }

    private static (SampleShop Shop, Baskets Baskets) Make(string until, ulong seed) => Made.GetOrAdd((until, seed), key =>
    {
        var shop = SampleShop.Create(Time(key.Until), key.Seed);
        return (shop, new Baskets(shop.Orders));
    });

    private static DateTimeOffset Time(string date) => DateTimeOffset.Parse(date, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
