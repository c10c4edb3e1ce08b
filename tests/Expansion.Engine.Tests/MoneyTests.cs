using CsCheck;
using Expansion.Engine.Offers.Pricing;
using Expansion.Engine.Tests.Offers;

namespace Expansion.Engine.Tests;

public sealed class MoneyTests
{
    [Theory]
    [InlineData("12.345", "EUR", 1235, "12.35")]
    [InlineData("-12.345", "EUR", -1235, "-12.35")]
    [InlineData("12.5", "JPY", 13, "13")]
    [InlineData("12.3456", "KWD", 12346, "12.346")]
    [InlineData("12.34564", "CLF", 123456, "12.3456")]
    public void ToMinorUnits_OfEachNumberOfDecimals_RoundsHalvesAwayFromZero(string amount, string currency, long units, string rounded)
    {
        var money = new Money(decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture), currency);

        Assert.Equal(units, money.ToMinorUnits());
        Assert.Equal(decimal.Parse(rounded, System.Globalization.CultureInfo.InvariantCulture), money.Rounded().Amount);
    }

    [Fact]
    public void Add_TwoCurrencies_Throws() =>
        Assert.Equal("JPY can't be added to EUR.", Assert.Throws<InvalidOperationException>(() => new Money(1, "EUR") + new Money(1, "JPY")).Message);

    [Fact]
    public void FromMinorUnits_ThereAndBack_IsTheSame() =>
        Gen.Select(Gen.Long[-1_000_000_000_000, 1_000_000_000_000], AnyCurrency.Gen)
            .Sample((units, currency) => Assert.Equal(units, Money.FromMinorUnits(units, currency).ToMinorUnits()));

    [Theory]
    [InlineData(100, new long[] { 1, 1, 1 }, new long[] { 34, 33, 33 })]
    [InlineData(5, new long[] { 0, 3, 0, 3 }, new long[] { 0, 3, 0, 2 })]
    [InlineData(0, new long[] { 7, 1 }, new long[] { 0, 0 })]
    [InlineData(long.MaxValue, new long[] { long.MaxValue, long.MaxValue }, new long[] { (long.MaxValue / 2) + 1, long.MaxValue / 2 })]
    public void LargestRemainder_OfATotal_GivesWhatIsLeftToTheLargestRemainders(long total, long[] weights, long[] parts) =>
        Assert.Equal(parts, Allocation.LargestRemainder(total, weights));

    [Fact]
    public void LargestRemainder_OfAnything_AddsUpAndNoPartIsOffByAUnitOrAboveItsWeight() =>
        Gen.Select(Gen.Long[0, 1_000_000_000], Gen.Long[0, 1_000_000].Array[1, 8]).Where((_, weights) => weights.Sum() > 0).Sample((any, weights) =>
        {
            var total = any % (weights.Sum() + 1);
            var parts = Allocation.LargestRemainder(total, weights);

            Assert.Equal(total, parts.Sum());
            Assert.All(parts.Zip(weights), part =>
            {
                Assert.InRange(part.First, 0, part.Second);
                Assert.InRange(part.First - ((decimal)total * part.Second / weights.Sum()), -1, 1);
            });
        });

    [Fact]
    public void LargestRemainder_WithoutWeight_Throws()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Allocation.LargestRemainder(1, [0, 0]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Allocation.LargestRemainder(1, [2, -1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Allocation.LargestRemainder(-1, [1]));
    }
}
