using CsCheck;
using Expansion.Engine.Offers.Pricing;

namespace Expansion.Engine.Tests.Offers.Pricing;

/// <summary>"Cart between $75 and $95: products that bring it above $100."</summary>
public sealed class CartThresholdTests
{
    private static readonly CartCandidate[] Shelf =
    [
        new(new("tea"), "Tea", Usd(8), 0.9),
        new(new("filter"), "Filter", Usd(16), 0.5),
        new(new("mug"), "Mug", Usd(21), 0.6),
        new(new("tray"), "Tray", Usd(18), 0.6),
        new(new("oven"), "Oven", Usd(400), 0.95),
        new(new("euro"), "Euro", new(20, "EUR"), 0.99),
        new(new("beans"), "Beans", Usd(20), 0.99),
    ];

    [Theory]
    [InlineData(74.99, "")]
    [InlineData(75, "")]
    [InlineData(80, "mug")]
    [InlineData(85, "tray,mug,filter")]
    [InlineData(95, "tea,tray,mug,filter")]
    [InlineData(95.01, "")]
    public void Decide_ByCart_PutsBestAffinityFirstThenSmallestOvershoot(decimal cart, string picks)
    {
        var decision = CartThreshold.Decide(Usd(cart), new HashSet<Sku> { new("beans") }, Shelf, new());

        Assert.Equal(picks, string.Join(',', decision.Picks.Select(pick => pick.Product.Sku)));
    }

    [Fact]
    public void Decide_ExactlyTheThreshold_IsNotAboveIt()
    {
        var decision = CartThreshold.Decide(Usd(84), new HashSet<Sku>(), [new(new("filter"), null, Usd(16), 1)], new());

        Assert.Empty(decision.Picks);
        Assert.Equal("16 USD are missing to 100, but no product that goes with the cart brings it above by 50 % or less.", decision.Reason);
    }

    [Fact]
    public void Decide_OutsideTheRange_SaysSo() =>
        Assert.Equal("The cart is 60 USD; products are suggested from 75 to 95.", CartThreshold.Decide(Usd(60), new HashSet<Sku>(), Shelf, new()).Reason);

    [Fact]
    public void Decide_AnyShelf_BringsEveryCartAboveAndKeepsTheOrder() =>
        Gen.Select(Gen.Int[7500, 9500], Gen.Select(Gen.Int[1, 20000], Gen.Int[0, 3]).Array[0, 20]).Sample((cart, shelf) =>
        {
            var candidates = shelf.Select((product, index) => new CartCandidate(new($"p{index}"), null, Usd(product.Item1 / 100m), product.Item2)).ToList();

            var picks = CartThreshold.Decide(Usd(cart / 100m), new HashSet<Sku>(), candidates, new()).Picks;

            Assert.Equal(shelf.Count(product => cart + product.Item1 is > 10000 and <= 15000), picks.Count);
            Assert.All(picks, pick => Assert.True(pick.Total.Amount > 100 && pick.Overshoot.Amount == pick.Total.Amount - 100));
            Assert.All(picks.Zip(picks.Skip(1)), pair => Assert.True(
                pair.First.Product.Affinity > pair.Second.Product.Affinity
                || (pair.First.Product.Affinity.Equals(pair.Second.Product.Affinity) && pair.First.Overshoot.Amount <= pair.Second.Overshoot.Amount)));
        });

    private static Money Usd(decimal amount) => new(amount, "USD");
}
