using CsCheck;
using Expansion.Engine.Affinity;
using Expansion.Engine.Affinity.Delay;
using Expansion.Engine.Affinity.Pairs;
using Expansion.Engine.Affinity.Season;
using Expansion.Engine.Offers.Bundles;
using Expansion.Engine.Offers.Pricing;
using Expansion.Engine.Shops;

namespace Expansion.Engine.Tests.Offers.Bundles;

public sealed class BundlePlannerTests
{
    private const long Baskets = 1000;

    private static readonly Gen<Shop> AnyShop = Gen.Select(
        Gen.Int[2, 8],
        Gen.Select(Gen.Long[1, 3000], Gen.Int[0, 110]).Array[8],
        Gen.Int[0, 60].Array[28],
        AnyCurrency.Gen,
        Gen.Select(Gen.Int[1, 6], Gen.Int[1, 3], Gen.Int[2, 4], Gen.Int[0, 50]),
        (products, prices, both, currency, limits) => new Shop(products, prices, both, currency, new PricingSettings
        {
            MaxBundles = limits.Item1,
            MaxBundlesPerProduct = limits.Item2,
            MaxBundleSize = limits.Item3,
            MarginFloor = limits.Item4 / 100m,
        }));

    [Fact]
    public void Plan_ThreeProductsThatBelongTogether_IsOneBundleWithEverythingItShows()
    {
        var plan = Plan([new("a", 20), new("b", 30), new("c", 50)], [("a", "b", 40), ("a", "c", 40), ("b", "c", 40)], new() { MaxBundlesPerProduct = 1 });

        var bundle = Assert.Single(plan.Bundles);
        Assert.True(plan.Exact);
        Assert.Equal(Usd(100), bundle.Sum);

        // A third of the margin of 60 % is 20 %.
        Assert.Equal((Usd(80), Usd(20), 20), (bundle.Price, bundle.Saving, bundle.SavingPercent));
        Assert.Equal([("a", Usd(20), Usd(16)), ("b", Usd(30), Usd(24)), ("c", Usd(50), Usd(40))], bundle.Items.Select(item => (item.Sku.Value, item.Price, item.Share)));

        // Pairs in 4 % of the baskets, each product in 10 %: 0.04³ / 0.1³ is 6.4 %, and no more than the rarest pair.
        Assert.Equal((40, Usd(40), Usd(1600)), (bundle.TakersPerMonth, bundle.Margin, bundle.ExpectedMargin), (x, y) => Math.Abs(x.Item1 - y.Item1) < 1e-9 && x.Item2 == y.Item2 && Math.Abs(x.Item3.Amount - y.Item3.Amount) <= 0.01m);
        Assert.Equal("a + b + c", bundle.Title);
    }

    /// <summary>0.01³ / 0.1³ is 0.1 %: three that meet in pairs are rarely all together.</summary>
    [Fact]
    public void ShareTogether_OfThreeWeakPairs_IsBelowTheRarest()
    {
        Assert.Equal(0.001, BundleDemand.ShareTogether(3, 3 * Math.Log(0.01), 3 * Math.Log(0.1), Math.Log(0.01)), 12);
        Assert.Equal(0.01, BundleDemand.ShareTogether(2, Math.Log(0.01), 2 * Math.Log(0.1), Math.Log(0.01)), 12);
    }

    [Fact]
    public void Plan_PairsWithoutATriangle_IsNeverABundleOfThree() =>
        Assert.All(Plan([new("a", 20), new("b", 30), new("c", 50)], [("a", "b", 40), ("b", "c", 40)], new()).Bundles, bundle => Assert.Equal(2, bundle.Items.Count));

    [Theory]
    [InlineData(50, 25)]
    [InlineData(60, 20)]
    [InlineData(40, 25)]
    [InlineData(80, 15)]
    public void Plan_Discount_FollowsTheMarginWithinTheBounds(int costPercent, int expected)
    {
        var settings = new PricingSettings { MarginGiven = 0.5m, MarginFloor = 0, AssumedMargin = null };

        var plan = BundlePlanner.Plan([Pair("a", "b", 40)], Products([new("a", 100, Cost: costPercent), new("b", 100, Cost: costPercent)]), "USD", Baskets, settings);

        Assert.Equal(expected, Assert.Single(plan.Bundles).SavingPercent);
    }

    [Fact]
    public void Plan_MarginFloor_HoldsTheDiscountBackAndAtLastTheBundle()
    {
        BundlePlan With(decimal floor) => Plan([new("a", 100), new("b", 100)], [("a", "b", 40)], new() { MarginFloor = floor });

        // Costs of 80: at a floor of 50 % the price may not fall below 160, at 53 % 170.22 would be above the 170 of the least discount.
        Assert.Equal(Usd(160), Assert.Single(With(0.5m).Bundles).Price);
        Assert.Empty(With(0.53m).Bundles);
        Assert.Equal(1, With(0.53m).LeftOut["sets of products: the margin would fall below the floor"]);
    }

    [Fact]
    public void Plan_ProductsThatCantBeSold_AreInNoBundleForAReason()
    {
        var products = Products([new("a", 10), new("b", 10), new("c", 10), new("d", 10), new("e", 10), new("f", 10)]);
        products[new("b")] = products[new("b")] with { InStock = false };
        products[new("c")] = products[new("c")] with { Price = null };
        products[new("d")] = products[new("d")] with { Price = new(10, "EUR") };
        products[new("e")] = products[new("e")] with { Cost = null };
        products[new("f")] = products[new("f")] with { PriceRefusal = "sold for less last week" };

        var plan = BundlePlanner.Plan(products.Keys.Where(sku => sku != new Sku("a")).Select(sku => Pair("a", sku.Value, 40)), products, "USD", Baskets, new());

        Assert.Empty(plan.Bundles);
        Assert.Equal(
            ["products not priced in USD", "products out of stock", "products whose cost isn't known", "products whose price would show a saving that isn't there", "products without a price"],
            plan.LeftOut.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Plan_CostAssumed_IsSaidSo()
    {
        var products = new Dictionary<Sku, BundleProduct> { [new("a")] = new(new("a"), null, Usd(10), null), [new("b")] = new(new("b"), null, Usd(10), Usd(4)) };

        var bundle = Assert.Single(BundlePlanner.Plan([Pair("a", "b", 40)], products, "USD", Baskets, new() { AssumedMargin = 0.6m }).Bundles);

        Assert.True(bundle.CostAssumed);
        Assert.Equal(Usd(8), bundle.Margin);
    }

    [Fact]
    public void Without_OwnedProducts_LeavesNoBundleThatHoldsOne()
    {
        var plan = Plan([new("a", 20), new("b", 30), new("c", 50)], [("a", "b", 40), ("b", "c", 30)], new());

        Assert.Equal(2, plan.Bundles.Count);
        Assert.Equal("b + c", Assert.Single(plan.Bundles.Without(new HashSet<Sku> { new("a") })).Title);
        Assert.Empty(plan.Bundles.Without(new HashSet<Sku> { new("b") }));
    }

    [Fact]
    public void Complements_AreSoundPairsOverTheLiftAndAPersonsWordWins()
    {
        ScoredPair[] pairs =
        [
            Scored("a", "b", 40, q: 0.01), Scored("a", "c", 40, q: 0.2), Scored("a", "d", 40, q: 0.01, seasonal: true), Scored("a", "e", 12, q: 0.01),
            Scored("a", "f", 40, q: 0.01), Scored("a", "g", 40, q: 0.2), Scored("a", "h", 4, q: 0.01),
        ];
        PairDecision[] decisions = [Decision("f", PairVerdict.Rejected), Decision("g", PairVerdict.Approved)];

        Assert.Equal(["b", "g"], BundlePlanner.Complements(pairs, decisions, new ShopSettings()).Select(pair => pair.B.Value));
    }

    /// <summary>Every bound on every bundle, in currencies of 0, 2 and 3 decimals, whatever the shop sells.</summary>
    [Fact]
    public void Plan_AnyShop_KeepsEveryBound() => AnyShop.Sample(shop =>
    {
        var plan = shop.Plan();
        var pairs = shop.Pairs().Select(pair => (pair.A, pair.B)).ToHashSet();

        Assert.InRange(plan.Bundles.Count, 0, shop.Settings.MaxBundles);
        Assert.All(plan.Bundles.SelectMany(bundle => bundle.Items).CountBy(item => item.Sku), count => Assert.InRange(count.Value, 1, shop.Settings.MaxBundlesPerProduct));
        Assert.All(plan.Bundles.Zip(plan.Bundles.Skip(1)), two => Assert.True(two.First.ExpectedMargin.Amount >= two.Second.ExpectedMargin.Amount));
        Assert.All(plan.Bundles, bundle =>
        {
            var (sum, price) = (bundle.Sum.ToMinorUnits(), bundle.Price.ToMinorUnits());
            Assert.InRange(bundle.Items.Count, 2, shop.Settings.MaxBundleSize);
            Assert.InRange((decimal)(sum - price) / sum, 0.15m, 0.25m);
            Assert.Equal(sum, bundle.Items.Sum(item => item.Price.ToMinorUnits()));
            Assert.Equal(price, bundle.Items.Sum(item => item.Share.ToMinorUnits()));
            Assert.All(bundle.Items, item => Assert.InRange(item.Share.Amount, 0, item.Price.Amount));
            Assert.Equal(sum - price, bundle.Saving.ToMinorUnits());
            Assert.True(bundle.SavingPercent * sum <= 100 * (sum - price));
            Assert.True(bundle.Margin.Amount >= shop.Settings.MarginFloor * bundle.Price.Amount);
            Assert.All(bundle.Items, item => Assert.True(item.Price.Amount > 0));
            foreach (var (x, index) in bundle.Items.Select((item, index) => (item.Sku, index)))
            {
                Assert.All(bundle.Items.Skip(index + 1), item => Assert.Contains((x, item.Sku), pairs));
            }
        });
    });

    /// <summary>Against every choice of every set: never worse than 1 %, and when the plan says exact, not worse at all.</summary>
    [Fact]
    public void Plan_AnySmallShop_IsAsGoodAsTheBestOfAll() => AnyShop.Sample(
        shop =>
        {
            var plan = shop.Plan();
            var best = BruteForce.Best(shop.Pairs(), shop.Products(), shop.Settings);
            var reached = plan.Bundles.Sum(bundle => bundle.TakersPerMonth / Baskets * bundle.Margin.ToMinorUnits());

            Assert.True(plan.Exact);
            Assert.InRange(reached, best * (1 - 1e-9), best * (1 + 1e-9));
        },
        iter: 300);

    /// <summary>With no steps for a proof: the greedy choice with swaps alone.</summary>
    [Fact]
    public void Run_OutOfSteps_IsAtLeastHalfTheBest() => AnyShop.Sample(
        shop =>
        {
            var graph = BundleGraph.Of(shop.Pairs(), shop.Products(), shop.Currency, shop.Settings, []);
            var selector = new BundleSelector(new BundleSearch(graph, shop.Settings, int.MaxValue, long.MaxValue).Run(), graph.Nodes.Count, shop.Settings, steps: 0);
            var reached = selector.Run().Sum(candidate => candidate.Value);

            Assert.True(reached >= BruteForce.Best(shop.Pairs(), shop.Products(), shop.Settings) / 2);
        },
        iter: 300);

    [Fact]
    public void Run_SearchOutOfSteps_IsNotCalledComplete()
    {
        var shop = new Shop(4, [.. Enumerable.Repeat((1000L, 40), 8)], [.. Enumerable.Repeat(50, 28)], "USD", new());
        var graph = BundleGraph.Of(shop.Pairs(), shop.Products(), "USD", shop.Settings, []);
        var search = new BundleSearch(graph, shop.Settings, keep: 100, steps: 3);

        Assert.NotEmpty(search.Run());
        Assert.False(search.Complete);
    }

    internal sealed record Shop(int Count, (long Price, int CostPercent)[] Prices, int[] Both, string Currency, PricingSettings Settings)
    {
        public BundlePlan Plan() => BundlePlanner.Plan(Pairs(), Products(), Currency, Baskets, Settings);

        public List<BundlePair> Pairs() =>
            [.. Numbers().SelectMany(x => Numbers().Where(y => y > x).Select(y => (x, y))).Zip(Both)
                .Where(pair => pair.Second > 8).Select(pair => Pair($"p{pair.First.x}", $"p{pair.First.y}", pair.Second))];

        public Dictionary<Sku, BundleProduct> Products() => Numbers().ToDictionary(number => new Sku($"p{number}"), number => new BundleProduct(
            new($"p{number}"), null, Money.FromMinorUnits(Prices[number].Price, Currency), Money.FromMinorUnits(Prices[number].Price * Prices[number].CostPercent / 100, Currency)));

        private IEnumerable<int> Numbers() => Enumerable.Range(0, Count);
    }

    private sealed record Priced(string Sku, decimal Price, decimal? Cost = null);

    private static BundlePlan Plan(Priced[] products, (string A, string B, long Both)[] pairs, PricingSettings settings) =>
        BundlePlanner.Plan(pairs.Select(pair => Pair(pair.A, pair.B, pair.Both)), Products(products), "USD", Baskets, settings);

    /// <summary>Costs are 40 % unless given.</summary>
    private static Dictionary<Sku, BundleProduct> Products(Priced[] products) =>
        products.ToDictionary(product => new Sku(product.Sku), product => new BundleProduct(new(product.Sku), null, Usd(product.Price), Usd(product.Cost ?? product.Price * 0.4m)));

    private static BundlePair Pair(string a, string b, long both) => new(new(a), new(b), both, 100, 100, Baskets);

    private static ScoredPair Scored(string a, string b, long both, double q, bool seasonal = false) => new(
        new Pair(new(a), new(b), both, 100, 100, Baskets), 10, q, q, 1, 9, 3, 3, seasonal, [], TrendDirection.Steady, [], new PairDelay(0, 0, 0, null, null, null), null);

    private static PairDecision Decision(string b, PairVerdict verdict) => new(new("a"), new(b), verdict, null, "me", DateTimeOffset.UnixEpoch);

    private static Money Usd(decimal amount) => new(amount, "USD");
}
